package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.JavaCommand;
import dev.tare.parts.RequiresRoot;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class OwnedFolderTest {
    @TempDir
    Path parent;

    /** Another process that makes such a folder and so sweeps. */
    static final class Sweeper {
        private Sweeper() {}

        public static void main(String[] arguments) throws IOException {
            OwnedFolder.create(Path.of(arguments[0]), "own-").close();
        }
    }

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
    void whatAKilledOwnerLeftIsEndedAndRemovedByTheNext() throws Exception {
        Path left = leftBehind("own-1");
        Files.createFile(left.resolve("gate"));
        List<Path> ended = new ArrayList<>();

        try (OwnedFolder folder = OwnedFolder.create(parent, "own-", leftOver -> {
            assertThat(leftOver.resolve("gate")).exists();
            ended.add(leftOver);
        })) {
            assertThat(ended).containsExactly(left);
            assertThat(left).doesNotExist();
            assertThat(folder.path()).exists();
        }
    }

    @Test
    void whatIsBeingMadeOrOfAnotherKindStays() throws Exception {
        Path ofAnotherKind = leftBehind("other-1");
        Path ofALongerPrefix = leftBehind("own-too-1");
        Path withoutLock = Files.createDirectory(parent.resolve("own-2"));
        Path file = Files.createFile(parent.resolve("own-4"));

        OwnedFolder.create(parent, "own-").close();

        assertThat(List.of(ofAnotherKind, ofALongerPrefix, withoutLock, file))
                .allSatisfy(path -> assertThat(path).exists());
    }

    /** Closing a file drops a process's locks on it, so that looking at its own would give them up to others. */
    @Test
    void whatThisProcessOwnsStaysOwnedForOthersWhenItMakesAnother() throws Exception {
        try (OwnedFolder first = OwnedFolder.create(parent, "own-");
                OwnedFolder second = OwnedFolder.create(parent, "own-")) {
            ShortProgram.output(JavaCommand.of(List.of(), Sweeper.class.getName(), parent.toString()));

            assertThat(first.path()).exists();
            assertThat(second.path()).exists();
        }
    }

    @Test
    @Timeout(30)
    void linksAreNotFollowedAndAFifoHoldsNothingUp() throws Exception {
        Path elsewhere = leftBehind("other-1");
        Path link = Files.createSymbolicLink(parent.resolve("own-1"), elsewhere);
        Path withLink = Files.createDirectory(parent.resolve("own-2"));
        Files.createSymbolicLink(withLink.resolve("owner.lock"), elsewhere.resolve("owner.lock"));
        Path withFifo = Files.createDirectory(parent.resolve("own-3"));
        ShortProgram.output(List.of("mkfifo", withFifo.resolve("owner.lock").toString()));

        OwnedFolder.create(parent, "own-").close();

        assertThat(List.of(elsewhere, link, withLink, withFifo))
                .allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    @RequiresRoot
    void whatAnotherUserOwnsStays() throws Exception {
        Path theirs = leftBehind("own-1");
        Files.setOwner(
                theirs.resolve("owner.lock"),
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        OwnedFolder.create(parent, "own-").close();

        assertThat(theirs).exists();
    }

    private Path leftBehind(String name) throws IOException {
        Path folder = Files.createDirectory(parent.toRealPath().resolve(name));
        Files.createFile(folder.resolve("owner.lock"));
        return folder;
    }
}
