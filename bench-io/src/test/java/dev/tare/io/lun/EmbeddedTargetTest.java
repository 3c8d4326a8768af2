package dev.tare.io.lun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded target leaves nothing behind, however it ends. */
@Timeout(120)
class EmbeddedTargetTest {
    private static final long SIZE_BYTES = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void anImageGoesWithATargetThatIsAskedToEnd() throws Exception {
        try (EmbeddedTarget target = EmbeddedTarget.start(SIZE_BYTES, folder)) {
            assertThat(files()).hasSize(1);
            assertThat(target.process().destroy()).isTrue();
            target.process().onExit().join();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void anImageLeftByAKilledTargetGoesWithTheNextAndOneInUseStays() throws Exception {
        try (EmbeddedTarget inUse = EmbeddedTarget.start(SIZE_BYTES, folder)) {
            List<Path> ofUse = files();
            try (EmbeddedTarget killed = EmbeddedTarget.start(SIZE_BYTES, folder)) {
                assertThat(killed.process().destroyForcibly()).isTrue();
                killed.process().onExit().join();
            }
            List<Path> left = files();
            assertThat(left).hasSize(2).containsAll(ofUse);
            try (EmbeddedTarget next = EmbeddedTarget.start(SIZE_BYTES, folder)) {
                assertThat(files()).hasSize(2).containsAll(ofUse).isNotEqualTo(left);
                assertThat(sizeOf(next)).isEqualTo(SIZE_BYTES);
            }
            assertThat(sizeOf(inUse)).isEqualTo(SIZE_BYTES);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> EmbeddedTarget.start(SIZE_BYTES, missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a file in " + missing + ": expected to make one")
                .hasMessageContaining("choose a folder that you can write to");
    }

    private static long sizeOf(EmbeddedTarget target) throws IOException {
        try (Lun lun = Lun.open(LunAddress.parse(target.url()), SessionOptions.plain())) {
            return lun.sizeBytes();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
