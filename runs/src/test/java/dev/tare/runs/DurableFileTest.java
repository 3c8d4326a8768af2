package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
