package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be resumed, and how. */
final class ResumeIT {
    @TempDir
    Path folder;

    private BenchmarksJar jar;
    private Path journal;

    /** A run that lacks its second fork. */
    @BeforeEach
    void measureAndCut() throws Exception {
        jar = new BenchmarksJar(folder);
        Path profile = Files.writeString(
                folder.resolve("short.profile"), "LuSolveBench.ejml -p order=10 -f 2 -wi 0 -i 1 -r 50ms\n");
        jar.run("run", profile.toString(), "--out", "run").exits(0);
        journal = folder.resolve("run/journal.jsonl");
        List<String> lines = BenchmarksJar.lines(journal);
        Files.writeString(
                journal,
                lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(2).substring(0, 99));
    }

    @Test
    void optionsThatTheRunHasAlreadyAreRefused() throws Exception {
        String before = Files.readString(journal);
        for (List<String> option : List.of(
                List.of("--plan"),
                List.of("--clock", "127.0.0.1:9"),
                List.of("--label", "a=b"),
                List.of("--only", "ejml"),
                List.of("--out", "other"),
                List.of("--max-steal", "2"),
                List.of("--max-foreign", "2"),
                List.of("--retry-contaminated", "1"),
                List.of("smoke"),
                List.of("-f", "9"))) {
            List<String> arguments = new ArrayList<>(List.of("run", "--resume", "run"));
            arguments.addAll(option);
            jar.run(arguments.toArray(new String[0]))
                    .exits(2)
                    .prints("got also")
                    .prints(option.get(0));
        }
        assertThat(journal).hasContent(before);
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aRunThatLacksAForkIsReportedAsIncompleteAndWholeAfterItWasResumed() throws Exception {
        Files.delete(folder.resolve("run/results.json"));

        jar.run("report", "run").exits(1).prints("1 of 2 planned forks");
        jar.run("run", "--resume", "run").exits(0).prints("forks measured already: 1 of 2");

        assertThat(BenchmarksJar.lines(journal)).hasSize(3);
        assertThat(jar.run("report", "run").exits(0).output()).doesNotContain("planned forks");
    }

    @Test
    void aRunIsNotResumedWithOtherFlagsOfTheJvm() throws Exception {
        List<String> before = BenchmarksJar.lines(journal);

        jar.withFlags("-Xmx300m")
                .run("run", "--resume", "run")
                .exits(3)
                .prints("JVM flags, which forks inherit")
                .prints("-Xmx300m");

        // What a crash left of the third line may be cut off.
        assertThat(BenchmarksJar.lines(journal))
                .startsWith(before.get(0), before.get(1))
                .hasSize(2);
    }

    @Test
    void aRunIsNotResumedWhereItsPlanWouldBeAnother() throws Exception {
        Files.writeString(journal, Files.readString(journal).replace("\"forks\":2}]", "\"forks\":3}]"));

        jar.run("run", "--resume", "run")
                .exits(3)
                .prints(
                        "plan: the run has 3 forks of dev.tare.cpu.LuSolveBench.ejml thrpt order=10, here it would be 2 forks");
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        Files.writeString(journal, "\n", StandardOpenOption.APPEND);

        jar.run("run", "--resume", "run").exits(3).prints("line 3");
    }
}
