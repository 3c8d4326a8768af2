package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tare.iscsi.initiator.Discovery;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.Portal;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.login.Credentials;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our initiator and our target against each other. */
@Timeout(120)
class OwnTargetTest {
    private static final long SIZE_BYTES = 16 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, false", "false, true, false", "true, true, true"})
    void whatIsWrittenIsRead(boolean headerDigest, boolean dataDigest, boolean busy) throws Exception {
        SessionOptions options =
                SessionOptions.plain().withDigests(headerDigest, dataDigest).withBusyPoll(busy);
        try (TargetServer target = memory(SIZE_BYTES, null);
                Lun lun = Lun.open(address(target), options)) {
            writeAndVerify(lun);
        }
    }

    @Test
    void anImageKeepsWhatWasWritten() throws Exception {
        Path image = folder.resolve("image");
        LunContent content = new LunContent(7);
        try (TargetServer target = TargetServer.ofNewFile(image, SIZE_BYTES, options(null), OwnTargetTest::log);
                Lun lun = Lun.open(address(target), SessionOptions.plain())) {
            assertThat(Files.size(image)).isEqualTo(SIZE_BYTES);
            content.write(lun);
        }
        try (TargetServer target = TargetServer.ofFile(image, options(null), OwnTargetTest::log);
                Lun lun = Lun.open(address(target), SessionOptions.plain())) {
            content.verify(lun);
        }
        assertThatThrownBy(() -> TargetServer.ofNewFile(image, SIZE_BYTES, options(null), OwnTargetTest::log))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void chapIsProvenInBothDirections() throws Exception {
        Credentials credentials =
                new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "battery-staple"));
        try (TargetServer target = memory(SIZE_BYTES, credentials)) {
            SessionOptions options = SessionOptions.plain().withCredentials(credentials);
            try (Lun lun = Lun.open(address(target), options)) {
                writeAndVerify(lun);
            }
            Portal portal = new Portal("127.0.0.1", target.address().getPort());
            assertThat(new Discovery(options).targets(portal)).containsEntry(TargetOptions.NAME, List.of(portal));
            assertThatThrownBy(() -> Lun.open(address(target), SessionOptions.plain()))
                    .hasMessageContaining("0201");
        }
    }

    @Test
    void beyondLoopbackItWantsChap() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> TargetOptions.of(TargetOptions.NAME, null, everywhere))
                .hasMessageContaining("expected CHAP user and secret beyond loopback, got none");
    }

    @Test
    void portalsOfDifferentUnitsAreRefused() throws Exception {
        try (TargetServer one = memory(SIZE_BYTES, null);
                TargetServer other = memory(2 * SIZE_BYTES, null)) {
            LunAddress both =
                    LunAddress.parse("iscsi://127.0.0.1:" + one.address().getPort() + "+127.0.0.1:"
                            + other.address().getPort() + "/" + TargetOptions.NAME + "/0");
            assertThatThrownBy(() -> Lun.open(both, SessionOptions.plain()))
                    .hasMessageContaining("the same unit at every portal");
        }
    }

    @Test
    void queuesTakeTurnsAtThePortals() throws Exception {
        List<String> events = new ArrayList<>();
        try (TargetServer one = TargetServer.ofMemory(SIZE_BYTES, options(null), OwnTargetTest::log);
                TargetServer other = TargetServer.ofMemory(SIZE_BYTES, options(null), event -> add(events, event))) {
            LunAddress both =
                    LunAddress.parse("iscsi://127.0.0.1:" + one.address().getPort() + "+127.0.0.1:"
                            + other.address().getPort() + "/" + TargetOptions.NAME + "/0");
            try (Lun lun = Lun.open(both, SessionOptions.plain());
                    LunQueue first = lun.openQueue(1, 4096);
                    LunQueue second = lun.openQueue(1, 4096)) {
                assertThat(first.depth() + second.depth()).isEqualTo(2);
                synchronized (events) {
                    assertThat(events.stream().filter(event -> event.endsWith("logged in")))
                            .hasSize(2);
                }
            }
        }
    }

    private static void add(List<String> events, String event) {
        synchronized (events) {
            events.add(event);
        }
    }

    @Test
    void aConnectionLostInAPauseIsOpenedAgainOnce() throws Exception {
        TargetServer target = memory(SIZE_BYTES, null);
        InetSocketAddress address = target.address();
        SessionOptions suspicious =
                SessionOptions.plain().withWaits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO);
        try (Lun lun = Lun.open(address(target), suspicious);
                LunQueue queue = lun.openQueue(1, 4096)) {
            queue.submitRead(0, 0);
            queue.await();
            target.close();
            try (TargetServer again = TargetServer.ofMemory(
                    SIZE_BYTES, TargetOptions.of(TargetOptions.NAME, null, address), OwnTargetTest::log)) {
                queue.submitRead(0, 0);
                assertThat(queue.await()).isZero();
                assertThat(again.sizeBytes()).isEqualTo(SIZE_BYTES);
            }
            assertThatThrownBy(() -> queue.submitRead(0, 0)).hasMessageContaining("at most one lost connection");
        }
    }

    @Test
    void aQueueThatCannotBeIsRefusedInWords() throws Exception {
        try (TargetServer target = memory(SIZE_BYTES, null);
                Lun lun = Lun.open(address(target), SessionOptions.plain())) {
            assertThatThrownBy(() -> lun.openQueue(0, 4096))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a depth of 1 to 4095");
            assertThatThrownBy(() -> lun.openQueue(1, 100))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a multiple of 512 bytes, got 1 and 100");
        }
    }

    @Test
    void aPartOfABufferIsMoved() throws Exception {
        try (TargetServer target = memory(SIZE_BYTES, null);
                Lun lun = Lun.open(address(target), SessionOptions.plain());
                LunQueue queue = lun.openQueue(1, 4096)) {
            queue.buffer(0).putLong(0, 42).putLong(1024, 43);
            queue.submitWrite(0, 8192, 1024);
            queue.await();
            queue.buffer(0).putLong(0, 1).putLong(1024, 1);

            queue.submitRead(0, 8192);
            queue.await();
            assertThat(queue.buffer(0).getLong(0)).isEqualTo(42);
            assertThat(queue.buffer(0).getLong(1024)).isZero();
            assertThatThrownBy(() -> queue.submitRead(0, 0, 8192))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bytes: expected a multiple of 512 up to 4096, got 8192");
            assertThatThrownBy(() -> queue.submitWrite(0, SIZE_BYTES - 512, 1024))
                    .hasMessageContaining("up to " + (SIZE_BYTES - 1024) + ", got " + (SIZE_BYTES - 512));
        }
    }

    @Test
    void anIoAllocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (TargetServer target = memory(SIZE_BYTES, null);
                Lun lun = Lun.open(address(target), SessionOptions.plain());
                LunQueue queue = lun.openQueue(8, 64 << 10)) {
            run(queue, 2_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            run(queue, 4_000);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            System.out.println(bytes + " bytes for 8000 I/Os");
            assertThat(bytes / 8_000).isZero();
        }
    }

    private static void run(LunQueue queue, int rounds) throws IOException {
        for (int slot = 0; slot < queue.depth(); slot++) {
            queue.submitRead(slot, slot * 65536L);
        }
        for (int i = 0; i < rounds; i++) {
            int slot = queue.await();
            queue.submitWrite(slot, slot * 65536L);
            slot = queue.await();
            queue.submitRead(slot, slot * 65536L);
        }
        for (int slot = 0; slot < queue.depth(); slot++) {
            queue.await();
        }
    }

    @Test
    void noiseDoesNotDisturbTheTarget() throws Exception {
        long seed = 20260103;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (TargetServer target = memory(SIZE_BYTES, null)) {
            for (int i = 0; i < 500; i++) {
                byte[] noise = new byte[random.nextInt(1, 600)];
                random.nextBytes(noise);
                if (random.nextBoolean()) {
                    noise[0] = 0x43;
                }
                try (SocketChannel channel = SocketChannel.open(target.address())) {
                    channel.write(ByteBuffer.wrap(noise));
                }
            }
            try (Lun lun = Lun.open(address(target), SessionOptions.plain())) {
                writeAndVerify(lun);
            }
        }
    }

    private static void writeAndVerify(Lun lun) throws IOException {
        LunContent content = new LunContent(1);
        content.write(lun);
        content.verify(lun);
    }

    private static TargetServer memory(long sizeBytes, @Nullable Credentials credentials) throws IOException {
        return TargetServer.ofMemory(sizeBytes, options(credentials), OwnTargetTest::log);
    }

    private static TargetOptions options(@Nullable Credentials credentials) {
        return TargetOptions.of(
                TargetOptions.NAME, credentials, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static LunAddress address(TargetServer target) throws IOException {
        return LunAddress.parse("iscsi://127.0.0.1:" + target.address().getPort() + "/" + TargetOptions.NAME + "/0");
    }

    private static void log(String event) {
        System.out.println(event);
    }
}
