package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that measure with a clock server, a real one. */
final class RunWithClockIT {
    private static final Pattern PORT = Pattern.compile("port (\\d+)");

    /** Nobody answers there. */
    private static final String DISCARD = "127.0.0.1:9";

    @TempDir
    Path folder;

    private BenchmarksJar jar;
    private Path profile;

    @BeforeEach
    void writeAProfile() throws IOException {
        jar = new BenchmarksJar(folder);
        profile = Files.writeString(
                folder.resolve("short.profile"), "LuSolveBench.ejml -p order=10,20 -f 2 -wi 0 -i 2 -r 50ms\n");
    }

    @Test
    void everyResultSaysThatTheRemoteClockMeasured() throws Exception {
        try (RunningProgram clock = jar.start("clock", "--port", "0")) {
            String server = "127.0.0.1:" + clock.awaitLine(PORT).group(1);
            jar.run("run", profile.toString(), "--clock", server, "--out", "run")
                    .exits(0);

            List<JsonNode> forks = forks("run");
            assertThat(forks).hasSize(4).allSatisfy(fork -> {
                assertThat(fork.at("/facts/clock").asText()).startsWith("remote " + server);
                assertThat(fork.path("iterations"))
                        .hasSize(2)
                        .allSatisfy(iteration -> assertOnTheTimescaleOf(server, iteration));
            });
            jar.run("report", "run", "--facts").exits(0).prints("clock remote " + server);
        }
    }

    @Test
    void terseHidesWhatTheFileHas() throws Exception {
        try (RunningProgram clock = jar.start("clock", "--port", "0")) {
            String profiler =
                    "remoteclock:server=127.0.0.1:" + clock.awaitLine(PORT).group(1) + ";when=always;verbosity=terse";
            jar.run(
                            "LuSolveBench.ejml",
                            "-p",
                            "order=10",
                            "-f",
                            "1",
                            "-wi",
                            "0",
                            "-i",
                            "1",
                            "-r",
                            "50ms",
                            "-rff",
                            "all.json",
                            "-rf",
                            "json",
                            "-prof",
                            profiler)
                    .exits(0)
                    .prints("ejml:clock.errorPercent")
                    .prints("ejml:clock.swapped")
                    .doesNotPrint("clock.roundTripUs");

            JsonNode result = new ObjectMapper()
                    .readTree(folder.resolve("all.json").toFile())
                    .get(0);
            assertThat(result.path("secondaryMetrics").fieldNames())
                    .toIterable()
                    .contains("clock.errorPercent", "clock.swapped", "clock.roundTripUs", "clock.requestsLost");
        }
    }

    @Test
    void aClockOfTheProfileDoesNotBeatThatOfTheCommandLine() throws Exception {
        Files.writeString(
                profile,
                "LuSolveBench.ejml -p order=10 -f 1 -wi 0 -i 1 -r 50ms -prof remoteclock:server=" + DISCARD + "\n");
        try (RunningProgram clock = jar.start("clock", "--port", "0")) {
            String server = "127.0.0.1:" + clock.awaitLine(PORT).group(1);
            jar.run("run", profile.toString(), "--clock", server, "--out", "run")
                    .exits(0);

            assertThat(forks("run"))
                    .extracting(fork -> fork.at("/facts/clock").asText())
                    .singleElement()
                    .asString()
                    .startsWith("remote " + server);
        }
    }

    @Test
    void aClockThatIsNoHostAndPortIsWrongUsageBeforeAnythingIsWritten() throws Exception {
        for (String plan : List.of("--plan", "--label=a=b")) {
            jar.run("run", profile.toString(), "--clock", "nonsense", "--out", "run", plan)
                    .exits(2)
                    .prints("--clock: clock server: expected HOST:PORT")
                    .prints("nonsense");
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void twoWaysToNameTheClockAreRefused() throws Exception {
        jar.run("run", profile.toString(), "--clock", DISCARD, "-prof", "remoteclock:server=" + DISCARD, "--out", "run")
                .exits(2)
                .prints("expected one of --clock and -prof remoteclock, got both");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aServerThatDoesNotListenIsSaidToBeNone() throws Exception {
        for (String[] command : new String[][] {
            {"run", profile.toString(), "--clock", DISCARD}, {"inspect", "--clock", DISCARD, "--seconds", "2"}
        }) {
            assertThat(jar.run(command)
                            .exits(3)
                            .prints("nothing listens on that port")
                            .output())
                    .doesNotContain("null");
        }
    }

    private static void assertOnTheTimescaleOf(String server, JsonNode iteration) {
        assertThat(iteration.path("timescale").asText()).contains(server);
        assertThat(iteration.path("beginBoundNs").isIntegralNumber()).isTrue();
        assertThat(iteration.path("endBoundNs").isIntegralNumber()).isTrue();
        assertThat(iteration.path("beginBoundNs").asLong()).isPositive();
        assertThat(iteration.path("endNs").asLong())
                .isGreaterThan(iteration.path("beginNs").asLong());
    }

    private List<JsonNode> forks(String run) throws IOException {
        List<JsonNode> forks = new ArrayList<>();
        for (String line : BenchmarksJar.lines(folder.resolve(run).resolve("journal.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.path("kind").asText().equals("fork")) {
                forks.add(entry);
            }
        }
        return forks;
    }
}
