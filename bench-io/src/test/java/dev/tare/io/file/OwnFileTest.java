package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    void aFileInUseStaysLocked() throws Exception {
        try (OwnFile first = OwnFile.create(folder);
                FileChannel channel = FileChannel.open(first.path(), StandardOpenOption.WRITE);
                OwnFile second = OwnFile.create(folder)) {
            first.holdBy(channel);

            assertThat(second.deleteLeftOvers()).isZero();
            assertThat(first.path()).exists();
            assertThat(lockedInodes()).contains((Long) Files.getAttribute(first.path(), "unix:ino"));
        }
    }

    /** What the kernel holds locked for this process: looking whether a file is free must not free it. */
    private static Set<Long> lockedInodes() throws IOException {
        // 1: POSIX  ADVISORY  WRITE 4711 08:01:131 0 EOF
        Pattern lock = Pattern.compile(
                "\\d+: POSIX +ADVISORY +WRITE " + ProcessHandle.current().pid() + " [0-9a-f]+:[0-9a-f]+:(\\d+) .*");
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .map(lock::matcher)
                .filter(Matcher::matches)
                .map(line -> Long.valueOf(line.group(1)))
                .collect(Collectors.toSet());
    }

    @Test
    void aFileThatNobodyHasOpenedYetStays() throws Exception {
        // Forks that begin at once in one folder: each looks for left-overs while others are about to lock theirs.
        try (OwnFile first = OwnFile.create(folder);
                OwnFile second = OwnFile.create(folder)) {
            assertThat(second.deleteLeftOvers()).isZero();
            assertThat(first.path()).exists();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatWasNeverLockedIsDeletedAfterAnHour() throws Exception {
        Path old = Files.createFile(folder.resolve(LEFT_OVER + ".new"));

        try (OwnFile file = OwnFile.create(folder)) {
            assertThat(file.deleteLeftOvers()).isZero();

            FileTime made = Files.getLastModifiedTime(file.path());
            Files.setLastModifiedTime(old, FileTime.from(made.toInstant().minus(Duration.ofMinutes(61))));
            assertThat(file.deleteLeftOvers()).isEqualTo(1);
            assertThat(old).doesNotExist();
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
