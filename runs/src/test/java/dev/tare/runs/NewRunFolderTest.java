package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewRunFolderTest {
    @TempDir
    Path folder;

    @Test
    void aNewFolderIsMadeWithItsParents() throws Exception {
        assertThat(RunFolder.create(folder.resolve("a/b")).path()).isEmptyDirectory();
    }

    @Test
    void aFolderWithFilesIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> RunFolder.create(folder))
                .isInstanceOf(RunFolder.UnusableException.class)
                .hasMessageContaining("new or empty folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
                .isInstanceOf(RunFolder.UnusableException.class)
                .hasMessageContaining("cannot make the folder");
    }

    @Test
    void aFolderWithoutJournalIsNoRun() {
        assertThatThrownBy(() -> RunFolder.open(folder))
                .isInstanceOf(RunFolder.UnusableException.class)
                .hasMessageContaining("without a journal.jsonl");
    }
}
