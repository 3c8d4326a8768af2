package dev.tare.profiles.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.profiles.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
    @TempDir
    Path folder;

    @Test
    void aNewFolderIsMadeWithItsParents() {
        assertThat(RunFolder.create(folder.resolve("a/b")).path()).isEmptyDirectory();
    }

    @Test
    void aFolderWithFilesIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> RunFolder.create(folder))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("new or empty folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("cannot make the folder");
    }

    @Test
    void aFolderWithoutJournalIsNoRun() {
        assertThatThrownBy(() -> RunFolder.open(folder))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("without a journal.jsonl");
    }
}
