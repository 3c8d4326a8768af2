/**
 * iSCSI (RFC 7143) in plain Java, without kernel module, root or any benchmark.
 *
 * <p>A target with its disk in memory, and an initiator that writes a block of it and reads it back:
 *
 * <pre>{@code
 * InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
 * TargetOptions options = TargetOptions.of(TargetOptions.NAME, null, anyPort);
 * try (TargetServer target = TargetServer.ofMemory(64 << 20, options, event -> {})) {
 *     int port = target.address().getPort();
 *     LunAddress address = LunAddress.parse("iscsi://127.0.0.1:" + port + "/" + TargetOptions.NAME + "/0");
 *     try (Lun lun = Lun.open(address, SessionOptions.plain());
 *             LunQueue queue = lun.openQueue(1, 4096)) {
 *         queue.buffer(0).putLong(0, 42);
 *         queue.submitWrite(0, 8192);
 *         queue.await();
 *         queue.submitRead(0, 8192);
 *         queue.await();
 *         System.out.println("block 2: " + queue.buffer(0).getLong(0));
 *     }
 * }
 * }</pre>
 *
 * <p>Who uses the initiator needs {@link dev.tare.iscsi.initiator}: an address, options, a LUN, and one queue for each thread,
 * in which up to {@code depth} I/Os are outstanding; {@code Discovery} asks a portal for its targets. Who runs a target
 * needs {@link dev.tare.iscsi.target}. Both take CHAP secrets as {@link dev.tare.iscsi.login.Credentials}.
 *
 * <p>Everything that fails is an {@code IOException} whose message says what was expected, what came and what to do; no wait
 * is longer than the limits in the options. {@code docs/iscsi.md} says what of the protocol is there.
 */
@NullMarked
package dev.tare.iscsi;

import org.jspecify.annotations.NullMarked;
