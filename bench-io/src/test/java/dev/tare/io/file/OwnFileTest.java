package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnFileTest {
    private static final String LEFT_OVER = "tare-io-4711-0123456789abcdef.bench";

    @TempDir
    Path folder;

    @Test
    void aFileLeftBehindByAKilledRunIsDeleted() throws Exception {
        Files.writeString(folder.resolve(LEFT_OVER), "blocks");

        try (OwnFile file = OwnFile.create(folder)) {
            assertThat(file.deleteLeftOvers()).isEqualTo(1);
            assertThat(folder).isDirectoryContaining(path -> path.equals(file.path()));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesOfOtherNamesAndLinksStay() throws Exception {
        Path data = Files.writeString(folder.resolve("tare-io-results.bench"), "mine");
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve(LEFT_OVER), precious);

        try (OwnFile file = OwnFile.create(folder)) {
            assertThat(file.deleteLeftOvers()).isZero();
        }

        assertThat(data).exists();
        assertThat(link).exists();
        assertThat(precious).hasContent("mine");
    }

    @Test
    void aFileInUseStays() throws Exception {
        try (OwnFile first = OwnFile.create(folder);
                FileChannel channel = FileChannel.open(first.path(), StandardOpenOption.WRITE);
                OwnFile second = OwnFile.create(folder)) {
            first.holdBy(channel);

            assertThat(second.deleteLeftOvers()).isZero();
            assertThat(first.path()).exists();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsTold() {
        // Not even root makes files here.
        assertThatThrownBy(() -> OwnFile.create(Path.of("/proc")))
                .hasMessageContaining("a file in /proc: expected to make one")
                .hasMessageContaining("choose a folder that you can write to");
    }
}
