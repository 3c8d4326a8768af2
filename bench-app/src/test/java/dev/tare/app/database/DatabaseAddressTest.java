package dev.tare.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.app.database.DatabaseAddress.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseAddressTest {
    @TempDir
    Path folder;

    private final DatabaseAddress address = DatabaseAddress.of("jdbc:postgresql://127.0.0.1/x", Protocol.PREPARED);

    @Test
    void aPasswordFileThatOthersCanReadIsRefusedWithTheCommandThatClosesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "sesame\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> address.withPasswordOf(file))
                .hasMessageContaining("chmod o= " + file)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void anEmptyOrAbsentPasswordFileIsRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> address.withPasswordOf(empty)).hasMessageContaining("got an empty one");
        assertThatThrownBy(() -> address.withPasswordOf(folder.resolve("absent")))
                .hasMessageContaining("which cannot be read");
    }

    @Test
    void aUrlIsShownWithoutWhatMayBeSecret() {
        assertThat(DatabaseAddress.shown("jdbc:postgresql://h/d?user=u&x=sesame"))
                .isEqualTo("jdbc:postgresql://h/d?...");
        assertThat(DatabaseAddress.shown("jdbc:postgresql://h/d")).isEqualTo("jdbc:postgresql://h/d");
    }

    @Test
    void aServerThatIsNotThereIsToldInWordsWithWhatToDo() {
        // Port 9 is discard's, which nobody serves.
        assertThatThrownBy(() -> DatabaseAddress.of("jdbc:postgresql://127.0.0.1:9/x", Protocol.SIMPLE)
                        .connect())
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("nobody takes connections there");
    }
}
