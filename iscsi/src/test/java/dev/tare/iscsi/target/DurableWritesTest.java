package dev.tare.iscsi.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.SessionOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a storage is asked for by writes that are to be durable: a flush each, before the answer, and by others nothing. */
@Timeout(60)
class DurableWritesTest {
    private static final TargetOptions OPTIONS =
            TargetOptions.of(TargetOptions.NAME, null, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private static final int WRITES = 5;

    @ParameterizedTest
    // The longest needs solicited data and several bursts, and the flush comes behind the last of them.
    @CsvSource({"true, 4096, 5", "true, 2097152, 5", "false, 4096, 0"})
    void eachIsFlushedBeforeItIsAnswered(boolean durable, int ioBytes, int flushes) throws Exception {
        WatchedStorage storage = new WatchedStorage(4 << 20);
        try (TargetServer target = TargetServer.start(TargetServer.listen(OPTIONS), storage, OPTIONS, event -> {});
                Lun lun = Lun.open(
                        LunAddress.parse(
                                "iscsi://127.0.0.1:" + target.address().getPort() + "/" + TargetOptions.NAME + "/0"),
                        SessionOptions.plain().withDurableWrites(durable));
                LunQueue queue = lun.openQueue(1, ioBytes)) {
            for (int write = 1; write <= WRITES; write++) {
                queue.submitWrite(0, 0);
                queue.await();

                assertThat(storage.flushes()).isEqualTo(durable ? write : 0);
                assertThat(storage.bytesAtFlush()).isEqualTo(durable ? write * ioBytes : 0);
            }
            queue.submitRead(0, 0);
            queue.await();
        }

        assertThat(storage.flushes()).isEqualTo(flushes);
    }
}
