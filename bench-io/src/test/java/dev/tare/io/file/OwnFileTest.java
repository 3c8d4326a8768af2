package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.Sweep;
import dev.tare.io.workload.Workload;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnFileTest {
    private static final Region REGION = new Region(0, 3 << 20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 4096, 0, 100", "1, 262144, 0, 0", "16, 4096, 50, 100", "32, 65536, 67, 50", "5, 1048576, 0, 100"})
    void everyByteIsVerifiedAfterManyWrites(int depth, int blockBytes, int readPercent, int randomPercent)
            throws Exception {
        AccessSpec spec = new AccessSpec(blockBytes, blockBytes, readPercent, randomPercent, 9);
        BlockContent content = new BlockContent(9, REGION);
        try (OwnFile file = OwnFile.create(folder, REGION.sizeBytes(), true)) {
            Sweep sweep = new Sweep(file, REGION, content, blockBytes);
            sweep.write();
            try (Workload workload = new Workload(file.openQueue(depth, blockBytes), spec, REGION, content)) {
                for (int i = 0; i < 3000; i++) {
                    assertThat(workload.step()).isEqualTo(blockBytes);
                }
                workload.drain();
                assertThat(workload.responses().count()).isEqualTo(3000);
            }
            sweep.verify();
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aByteChangedByAnotherProgramFailsTheVerification() throws Exception {
        BlockContent content = new BlockContent(9, REGION);
        try (OwnFile file = OwnFile.create(folder, REGION.sizeBytes(), true)) {
            Sweep sweep = new Sweep(file, REGION, content, 4096);
            sweep.write();
            try (RandomAccessFile other = new RandomAccessFile(file.facts().get("target"), "rw")) {
                other.seek(1_000_000);
                other.write(other.read() ^ 1);
            }

            assertThatThrownBy(sweep::verify)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("content of the page at 999424");
        }
    }

    @Test
    void moreThanThereIsSpaceForIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> OwnFile.create(folder, 1L << 60, true))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("expected 1152921504606846976 bytes")
                .hasMessageContaining("choose a smaller sizeBytes");
        assertThat(folder).isEmptyDirectory();
    }
}
