package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenFileTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeOpenedIsRefusedWithASentence() {
        assertThatThrownBy(() -> OpenFile.open(folder, true, OpenMode.CACHED, false, false))
                .isInstanceOf(IOException.class)
                .hasMessage(folder
                        + ": expected to be opened for reading and writing, got Is a directory; name another target");
    }

    @Test
    void aDeviceWithoutPermissionIsRefusedWithWhatToDo() throws IOException {
        Path file = Files.createFile(
                folder.resolve("device"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        assumeFalse(Files.isReadable(file), "root may read everything");

        assertThatThrownBy(() -> OpenFile.open(file, false, OpenMode.CACHED, false, false))
                .hasMessageContaining("expected to be opened for reading, got no permission; run as root")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("Exception"));
    }
}
