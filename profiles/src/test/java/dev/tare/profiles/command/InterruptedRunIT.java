package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that end by a signal, or in the middle of a line. */
final class InterruptedRunIT {
    @TempDir
    Path folder;

    /** 128 and the signal's number. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalEndsTheRunAndItSaysWhatIsKeptAndHowToGoOn(String signal, int exit) throws Exception {
        BenchmarksJar jar = new BenchmarksJar(folder);
        Path profile = Files.writeString(
                folder.resolve("long.profile"), "LuSolveBench.ejml -p order=10,20 -f 4 -wi 0 -i 4 -r 250ms\n");
        try (RunningProgram run = jar.start("run", profile.toString(), "--out", "run")) {
            run.awaitLine(Pattern.compile("^\\[2/8.*GFLOP/s"));
            signal(signal, run);
            assertThat(run.awaitExit(Duration.ofMinutes(1))).as(run.output()).isEqualTo(exit);
            assertThat(run.output())
                    .contains("The run was interrupted; all forks that ended are kept")
                    .contains("run --resume run")
                    .contains("planned forks")
                    .doesNotContain("Exception");
        }
        assertThat(folder.resolve("run/results.json")).isNotEmptyFile();
        // Nothing temporary is left.
        assertThat(folder).isDirectoryNotContaining("glob:**tare-run-*");

        jar.run("run", "--resume", "run").exits(0);
        assertThat(BenchmarksJar.lines(folder.resolve("run/journal.jsonl"))).hasSize(1 + 8);
    }

    private static void signal(String signal, RunningProgram run) throws Exception {
        try (RunningProgram kill = RunningProgram.start(
                List.of("kill", "-s", signal, Long.toString(run.process().pid())))) {
            assertThat(kill.awaitExit(Duration.ofMinutes(1))).isZero();
        }
    }
}
