package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnedFolderTest {
    @TempDir
    Path parent;

    @Test
    void itGoesWithItsOwner() throws Exception {
        try (OwnedFolder folder = OwnedFolder.create(parent, "own-")) {
            Files.createFile(
                    Files.createDirectory(folder.path().resolve("deep")).resolve("file"));
            assertThat(folder.path()).isDirectory();
        }

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAKilledOwnerLeftIsRemovedByTheNext() throws Exception {
        Path left = leftBehind("own-1");
        Files.createFile(left.resolve("gate"));

        try (OwnedFolder folder = OwnedFolder.create(parent, "own-")) {
            assertThat(left).doesNotExist();
            assertThat(folder.path()).exists();
        }
    }

    @Test
    void whatSomebodyOwnsHasJustBegunOrIsOfAnotherKindStays() throws Exception {
        Path ofAnotherKind = leftBehind("other-1");
        Path withoutLock = Files.createDirectory(parent.resolve("own-2"));
        Path new1 = Files.createDirectory(parent.resolve("own-3"));
        Files.createFile(new1.resolve("owner.lock"));
        Path file = Files.createFile(parent.resolve("own-4"));
        try (OwnedFolder owned = OwnedFolder.create(parent, "own-")) {
            age(owned.path().resolve("owner.lock"));
            try (OwnedFolder second = OwnedFolder.create(parent, "own-")) {
                assertThat(second.path()).isNotEqualTo(owned.path());
            }

            assertThat(owned.path()).exists();
        }
        assertThat(ofAnotherKind).exists();
        assertThat(withoutLock).exists();
        assertThat(new1).exists();
        assertThat(file).exists();
    }

    private Path leftBehind(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        age(Files.createFile(folder.resolve("owner.lock")));
        return folder;
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }
}
