package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.harness.results.SecondaryResults;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.file.OpenMode.Engine;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.ThreadPart;
import dev.tare.io.workload.Workload;
import dev.tare.parts.LoopDevice;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel counts of flushes that a device was asked for. */
@RequiresRoot
@RequiresProgram(value = "losetup", debianPackage = "mount")
final class DurabilityIT {
    private static final long SIZE_BYTES = 8 << 20;
    private static final int WRITES = 200;
    // Kernel documentation, block/stat.rst: the sixteenth number is that of completed flushes.
    private static final int FLUSHES = 15;

    @TempDir
    Path folder;

    @Test
    void thereIsAFlushAfterEveryTenWrites() throws Exception {
        assertThat(flushes("fsync:10", 1)).isEqualTo(WRITES / 10 - 1);
    }

    @Test
    void aDeepQueueIsWaitedForBeforeEachFlush() throws Exception {
        // When the last write is reaped, fewer than ten can have been begun behind it.
        assertThat(flushes("fsync:10", 4)).isEqualTo(WRITES / 10 - 1);
    }

    @Test
    void everySynchronousWriteIsFlushed() throws Exception {
        assertThat(flushes("dsync", 1)).isGreaterThanOrEqualTo(WRITES);
    }

    @Test
    void nothingIsFlushedUnlessItIsAskedFor() throws Exception {
        assertThat(flushes("none", 4)).isZero();
    }

    private long flushes(String sync, int queueDepth) throws Exception {
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE_BYTES);
        }
        AccessParameters parameters = new AccessParameters();
        parameters.queueDepth = queueDepth;
        parameters.sizeBytes = Long.toString(SIZE_BYTES);
        parameters.sync = sync;
        try (LoopDevice loop = LoopDevice.of(image)) {
            FileRequest request = new FileRequest(
                    loop.path(),
                    new OpenMode(true, sync.equals("dsync"), Engine.AUTO),
                    Leave.TO_OVERWRITE,
                    "none",
                    "auto",
                    SIZE_BYTES,
                    queueDepth,
                    true);
            try (FileTarget target = FileTarget.open(request);
                    Workload workload = Workload.open(
                            target.device(), parameters, parameters.spec(0, 100), true, ThreadPart.WHOLE)) {
                workload.beginIteration(false);
                long before = counted(loop);
                for (int i = 0; i < WRITES; i++) {
                    workload.step(true);
                }
                workload.endIteration(new SecondaryResults());
                return counted(loop) - before;
            }
        }
    }

    private static long counted(LoopDevice loop) throws Exception {
        Path stat = Path.of("/sys/block", Path.of(loop.path()).getFileName().toString(), "stat");
        return Long.parseLong(Files.readString(stat).strip().split(" +", -1)[FLUSHES]);
    }
}
