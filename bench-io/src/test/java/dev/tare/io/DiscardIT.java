package dev.tare.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.LoopDevice;
import dev.tare.parts.RequiresJdk;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel counts of discards that a device was asked for. */
@RequiresRoot
@RequiresProgram(value = "losetup", debianPackage = "mount")
final class DiscardIT {
    private static final int FOREIGN_FUNCTIONS = 22;

    // Kernel documentation, block/stat.rst: the twelfth number is that of completed discards.
    private static final int DISCARDS = 11;

    @TempDir
    Path folder;

    @Test
    @RequiresJdk(FOREIGN_FUNCTIONS)
    void everyDiscardReachesTheDevice() throws Exception {
        Path image = folder.resolve("image");
        Path log = folder.resolve("ios.csv");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        try (LoopDevice loop = LoopDevice.of(image)) {
            Map<String, String> parameters =
                    Map.of("target", loop.path(), "overwrite", "true", "sizeBytes", "16m", "log", log.toString());
            long before = counted(loop);
            MeasuredRun outcome =
                    MeasuredRun.on(FOREIGN_FUNCTIONS, Map.of(), FileBench.class, "discard", parameters, folder);

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(outcome.output()).contains("# fact discard: BLKDISCARD");
            List<String> lines = Files.readAllLines(log);
            assertThat(lines.subList(1, lines.size()))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(",discard,").endsWith(",4096"));
            // JMH may make a call behind the measured time, which the device counts and we do not.
            assertThat(counted(loop) - before).isBetween(lines.size() - 1L, lines.size() + 1L);
        }
    }

    private static long counted(LoopDevice loop) throws Exception {
        Path stat = Path.of("/sys/block", Path.of(loop.path()).getFileName().toString(), "stat");
        return Long.parseLong(Files.readString(stat).strip().split(" +", -1)[DISCARDS]);
    }
}
