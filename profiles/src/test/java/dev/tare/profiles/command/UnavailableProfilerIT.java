package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profilers that this machine does not have, such as perfasm without perf or without its events. */
final class UnavailableProfilerIT {
    private static final String LINE = "LuSolveBench.ejml -p order=%d -f 1 -wi 0 -i 1 -r 50ms%s\n";

    /** With an event that no perf has, so that it is not there on a machine with perf either. */
    private static final String PROFILER = "-prof perfasm:events=no-such-event";

    @TempDir
    Path folder;

    private BenchmarksJar jar;
    private Path profile;

    @BeforeEach
    void nameTheProfile() {
        jar = new BenchmarksJar(folder);
        profile = folder.resolve("short.profile");
    }

    @Test
    void itFailsTheLineThatAsksForItAndNoOther() throws Exception {
        Files.writeString(profile, LINE.formatted(10, " " + PROFILER) + LINE.formatted(20, ""));

        jar.run("run", profile.toString(), "--out", "run")
                .exits(1)
                .prints("FAILED")
                .prints("run --resume run");

        assertThat(results()).hasSize(1);
        assertThat(results().at("/0/params/order").asText()).isEqualTo("20");
    }

    @Test
    void onTheCommandLineItFailsAllLinesAndTheResultsAreWrittenAllTheSame() throws Exception {
        Files.writeString(profile, LINE.formatted(10, "") + LINE.formatted(20, ""));

        jar.run("run", profile.toString(), "--out", "run", "-prof", PROFILER.substring("-prof ".length()))
                .exits(1)
                .prints("[1/2")
                .prints("[2/2")
                .prints("every fork failed");

        assertThat(results()).isEmpty();
        assertThat(BenchmarksJar.lines(folder.resolve("run/journal.jsonl")))
                .filteredOn(line -> line.contains("\"kind\":\"failure\""))
                .hasSize(2);
    }

    private JsonNode results() throws Exception {
        return new ObjectMapper().readTree(folder.resolve("run/results.json").toFile());
    }
}
