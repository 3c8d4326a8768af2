package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileIsReplacedAsAWholeAndNothingElseIsLeft() throws Exception {
        Path file = folder.resolve("results.json");

        DurableFile.write(file, "old and long");
        DurableFile.write(file, "n\u00eew");

        assertThat(file).hasContent("n\u00eew");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aFileThatCannotBeNamedLeavesNoPartBehind() throws Exception {
        Path file = folder.resolve("results.json");
        Files.createDirectories(file.resolve("inside"));

        assertThatThrownBy(() -> DurableFile.write(file, "text")).isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFullDiskIsNamedWithTheFileThatFoundIt() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "/dev/full");
        try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> DurableFile.writeFully(folder.resolve("journal.jsonl"), channel, "{}\n"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(folder.resolve("journal.jsonl") + ": No space left on device");
        }
    }
}
