package dev.tare.iscsi.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.IscsiException;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.SessionOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fault inside a target ends what it concerns, at once and in words, and nothing else; a failed start leaves nothing. */
@Timeout(60)
class TargetFaultsTest {
    private static final int SIZE_BYTES = 1 << 20;
    private static final long FAULT_AT = 8192;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final TargetOptions OPTIONS = TargetOptions.of(TargetOptions.NAME, null, LOOPBACK);

    @TempDir
    private Path folder;

    @Test
    void aStorageThatThrowsEndsTheConnectionAndTheTargetServesOn() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        WatchedStorage storage = new WatchedStorage(SIZE_BYTES);
        storage.failAt(FAULT_AT);
        try (TargetServer target = TargetServer.start(TargetServer.listen(OPTIONS), storage, OPTIONS, events::add);
                Lun lun = open(target);
                LunQueue queue = lun.openQueue(1, 4096)) {
            queue.submitRead(0, FAULT_AT);
            assertThatThrownBy(queue::await)
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("connection lost: closed by")
                    .hasMessageContaining("reconnect: succeeded");
            try (LunQueue next = lun.openQueue(1, 4096)) {
                next.submitRead(0, 0);
                assertThat(next.await()).isZero();
            }
            assertThat(events)
                    .anyMatch(event -> event.endsWith(
                            "dropped, because of a fault of this target: " + new IllegalStateException("bad block")));
        }
    }

    @Test
    void aLogThatThrowsEndsNeitherAcceptorNorSessions() throws Exception {
        TargetOptions single = new TargetOptions(
                TargetOptions.NAME, null, LOOPBACK, 1, Duration.ofSeconds(10), Duration.ofSeconds(30));
        try (TargetServer target = TargetServer.ofMemory(SIZE_BYTES, single, event -> {
            throw new IllegalStateException("the log is full");
        })) {
            Lun lun = openWhenThereIsRoom(target);
            try (LunQueue only = openQueueWhenThereIsRoom(lun)) {
                assertThatThrownBy(() -> open(target)).hasMessageContaining("connection lost");
                only.submitRead(0, 0);
                assertThat(only.await()).isZero();
            }
            assertThat(openWhenThereIsRoom(target).sizeBytes()).isEqualTo(SIZE_BYTES);
        }
    }

    @Test
    void memoryThatIsShortOnceDoesNotEndTheAcceptor() throws Exception {
        TargetOptions none = new TargetOptions(
                TargetOptions.NAME, null, LOOPBACK, 0, Duration.ofSeconds(10), Duration.ofSeconds(30));
        List<String> events = new CopyOnWriteArrayList<>();
        try (TargetServer target = TargetServer.ofMemory(SIZE_BYTES, none, event -> {
            events.add(event);
            if (event.contains("refused")) {
                throw new OutOfMemoryError("no more threads");
            }
        })) {
            assertThatThrownBy(() -> open(target)).hasMessageContaining("connection lost");
            assertThatThrownBy(() -> open(target)).hasMessageContaining("connection lost");
        }
        assertThat(events)
                .filteredOn(event -> event.endsWith("no more threads"))
                .hasSize(2)
                .allMatch(event -> event.startsWith("cannot accept a connection"));
    }

    /** The target takes note of a logout a moment after the initiator. */
    private static Lun openWhenThereIsRoom(TargetServer target) throws IOException {
        while (true) {
            try {
                return open(target);
            } catch (IscsiException e) {
                assertThat(e).hasMessageContaining("connection lost");
            }
        }
    }

    private static LunQueue openQueueWhenThereIsRoom(Lun lun) throws IOException {
        while (true) {
            try {
                return lun.openQueue(1, 4096);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("connection lost");
            }
        }
    }

    @Test
    void aPortThatIsTakenLeavesNoImageBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path image = folder.resolve("image");
            assertThatThrownBy(() -> TargetServer.ofNewFile(image, SIZE_BYTES, at(taken), event -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("choose another port");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void anImageThatIsRefusedIsClosed() throws Exception {
        FileChannel odd = image();
        assertThatThrownBy(() -> TargetServer.ofChannel("odd", odd, 100, OPTIONS, event -> {}))
                .hasMessageContaining("expected a positive multiple of 512 bytes, got 100");
        assertThat(odd.isOpen()).isFalse();
        FileChannel homeless = image();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> TargetServer.ofChannel("homeless", homeless, SIZE_BYTES, at(taken), event -> {}))
                    .hasMessageContaining("choose another port");
        }
        assertThat(homeless.isOpen()).isFalse();
    }

    private FileChannel image() throws IOException {
        return FileChannel.open(
                folder.resolve("image"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static TargetOptions at(ServerSocket taken) {
        return TargetOptions.of(TargetOptions.NAME, null, (InetSocketAddress) taken.getLocalSocketAddress());
    }

    private static Lun open(TargetServer target) throws IOException {
        return Lun.open(
                LunAddress.parse("iscsi://127.0.0.1:" + target.address().getPort() + "/" + TargetOptions.NAME + "/0"),
                SessionOptions.plain().withWaits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(100)));
    }
}
