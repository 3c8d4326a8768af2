/**
 * What client and peer say to each other beside the traffic itself, byte by byte.
 *
 * <p>All numbers are big-endian; {@code text} is {@link java.io.DataOutput#writeUTF}: 2 bytes length, modified UTF-8.
 *
 * <p>A connection begins with the client's {@link Handshake.Greeting} of 32 bytes. On a stream's connection traffic follows
 * at once. On a session's connection come
 *
 * <pre>
 * peer    verdict (8 magic, 4 version, text), 16 nonce
 * client  32 proof of the token
 * peer    verdict, 32 proof of the token
 * client  request, then peer  reply, and so on
 * </pre>
 *
 * <p>A {@link ControlRequest} and a {@link ControlReply} are one byte of type and then
 *
 * <pre>
 * request 1 open     1 role, 4 message bytes, 4 socket buffer bytes (0: the kernel chooses), 1 no delay
 * request 2 count    4 stream, 8 awaited total
 * request 3 usage
 * request 4 kernel
 * request 5 ping
 * reply   1 opened   4 stream, 16 ticket, 4 port
 * reply   2 counted  8 total, 8 lost, 8 reordered, 8 jitter in us (double), 4 send buffer, 4 receive buffer bytes
 * reply   3 used     8 instant in s, 8 own CPU s (doubles), 1 machine known, then 6 doubles of CPU s by kind:
 *                    user, system, waiting for I/O, interrupt, soft interrupt, steal
 * reply   4 failed   text
 * reply   5 done
 * reply   6 kernel   1 known, then text: congestion control
 * </pre>
 *
 * <p>Replies come in the order of the requests and do not say to which they belong.
 */
@NullMarked
package dev.tare.net.control;

import org.jspecify.annotations.NullMarked;
