package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs at once, in one folder and on one machine. */
final class LockedRunIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern FIRST_FORK = Pattern.compile("^\\[1/.*GFLOP/s");

    @TempDir
    Path folder;

    private BenchmarksJar jar;
    private Path profile;

    @BeforeEach
    void writeAProfile() throws IOException {
        jar = new BenchmarksJar(folder);
        profile = Files.writeString(
                folder.resolve("short.profile"), "LuSolveBench.ejml -p order=10 -f 3 -wi 0 -i 2 -r 250ms\n");
    }

    @Test
    void aFolderTakesOneRunAtATimeAndNamesIt() throws Exception {
        try (RunningProgram first = jar.start("run", profile.toString(), "--out", "run", "-f", "30")) {
            first.awaitLine(FIRST_FORK);

            jar.run("run", "--resume", "run")
                    .exits(3)
                    .prints("another run measures into run: process "
                            + first.process().pid());
        }
    }

    @Test
    void aRunBesideAnotherJmhIsRefusedAndNamesItsLock() throws Exception {
        try (FileChannel another = open();
                FileLock lock = another.lock()) {
            assertThat(lock.isValid()).isTrue();

            jar.run("run", profile.toString(), "--out", "run")
                    .exits(3)
                    .prints("another JMH runs here: it holds " + folder.resolve("jmh.lock"))
                    .prints("--wait")
                    .prints("--share-machine");
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aRunMayWaitForAnotherJmhToEnd() throws Exception {
        try (FileChannel another = open();
                FileLock lock = another.lock();
                RunningProgram run = jar.start("run", profile.toString(), "--out", "run", "--wait", "60s")) {
            run.awaitLine(Pattern.compile("waiting for another JMH, which holds .*jmh.lock"));
            lock.release();

            assertThat(run.awaitExit(LIMIT)).as(run.output()).isZero();
        }
        assertThat(BenchmarksJar.lines(folder.resolve("run/journal.jsonl"))).hasSize(1 + 3);
    }

    @Test
    void twoRunsThatShareTheMachineBothSucceed() throws Exception {
        try (RunningProgram first = jar.start("run", profile.toString(), "--out", "first", "-f", "9")) {
            first.awaitLine(FIRST_FORK);

            jar.run("run", profile.toString(), "--out", "second", "--share-machine")
                    .exits(0);

            assertThat(first.awaitExit(LIMIT)).as(first.output()).isZero();
        }
        assertThat(BenchmarksJar.lines(folder.resolve("first/journal.jsonl"))).hasSize(1 + 9);
        assertThat(BenchmarksJar.lines(folder.resolve("second/journal.jsonl"))).hasSize(1 + 3);
    }

    @Test
    void forksOfARunHaveJmhsLockInAFolderOfTheRunWithoutAWarning() throws Exception {
        jar.run("run", profile.toString(), "--out", "run").exits(0);

        assertThat(folder.resolve("run/log.txt")).content().doesNotContain("JMH lock");
        assertThat(folder).isDirectoryNotContaining("glob:**tare-run-*");
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(folder.resolve("jmh.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
