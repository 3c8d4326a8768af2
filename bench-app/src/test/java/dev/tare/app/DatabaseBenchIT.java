package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.app.profile.AppProfiler;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.Postgres;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark as JMH runs it, with a fork, six clients and a server of its own, or one elsewhere. */
@RequiresProgram(value = "pg_lsclusters", debianPackage = "postgresql")
final class DatabaseBenchIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @BeforeEach
    void openTheFolderForTheServersUser() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @ParameterizedTest
    @CsvSource({
        "tpcbLike, transactionsPerS",
        "simpleUpdate, transactionsPerS",
        "selectOnly, transactionsPerS",
        "commit, transactionsPerS",
        "bulkCopyIn, bandwidthMBps",
        "bulkCopyOut, bandwidthMBps",
        "sequentialScan, bandwidthMBps",
        "hashJoin, bandwidthMBps",
    })
    void ratesAreCountedAndTheProfilerAddsWhatIsNoRate(String method, String rate) throws Exception {
        // Several: in the last iteration some leave while others still end it.
        ChainedOptionsBuilder options = options(method).threads(6);
        if (rate.equals("bandwidthMBps")) {
            options.param("tableBytes", "2m");
        } else if (!method.equals("commit")) {
            options.param("scale", "1");
        }

        RunResult result = new Runner(options.build()).runSingle();

        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, rate)).isPositive();
        assertThat(secondary(result, "responseP50Us")).isPositive();
        assertThat(secondary(result, "responseMaxUs")).isGreaterThanOrEqualTo(secondary(result, "responseP50Us"));
        assertThat(secondary(result, "clientCpuMs")).isNotNegative();
        assertThat(secondary(result, "serverCpuMs")).isNotNegative();
        assertThat(secondary(result, "flushUs")).isPositive();
        assertThat(secondary(result, "walBytes")).isNotNegative();
        if (rate.equals("transactionsPerS")) {
            // A call at each end of the iteration may be of two minds.
            assertThat(secondary(result, rate))
                    .isCloseTo(result.getPrimaryResult().getScore(), Offset.offset(60.0));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRateOfArrivalsIsKeptWhereTheServerCan() throws Exception {
        RunResult result = new Runner(options("selectOnly")
                        .param("scale", "1")
                        .param("ratePerS", "50")
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .runSingle();

        assertThat(secondary(result, "askedPerS")).isEqualTo(50);
        assertThat(secondary(result, "achievedPercent")).isBetween(1.0, 100.0);
        // Not more than were due: the first at once, then one each 20 ms.
        assertThat(result.getPrimaryResult().getScore()).isBetween(1.0, 52.0);
    }

    @Test
    void aPasswordInTheUrlFailsTheBenchmarkWithoutBeingShown() {
        assertThatThrownBy(() -> new Runner(options("commit")
                                .param("database", "jdbc:postgresql://127.0.0.1/x?password=sesame")
                                .build())
                        .run())
                .isInstanceOf(RunnerException.class)
                .hasStackTraceContaining("expected no password in the URL jdbc:postgresql://127.0.0.1/x?...");
    }

    @Test
    @RequiresRoot
    @RequiresProgram(value = "ip", debianPackage = "iproute2")
    void aServerInAnotherNetworkIsMeasuredInASchemaThatGoes() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), Postgres.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        try (NetworkNamespace far = NetworkNamespace.create();
                NetworkNamespace near = NetworkNamespace.create()) {
            far.connect("10.86.0.1/24", near, "10.86.0.2/24");
            try (Postgres server = Postgres.startIn(far, "10.86.0.1");
                    RunningProgram jmh = near.start(JavaCommand.of(
                            List.of("-Djmh.ignoreLock=true", "-Djava.io.tmpdir=" + folder),
                            "org.openjdk.jmh.Main",
                            "dev.tare.app.DatabaseBench.tpcbLike",
                            "-p",
                            "database=" + server.url() + "?user=" + Postgres.USER,
                            "-p",
                            "passwordFile=" + password,
                            "-p",
                            "scale=1",
                            "-f",
                            "1",
                            "-wi",
                            "0",
                            "-i",
                            "1",
                            "-r",
                            "200ms",
                            "-t",
                            "2",
                            "-foe",
                            "true"))) {
                assertThat(jmh.awaitExit(LIMIT)).as(jmh.output()).isZero();
                assertThat(jmh.output())
                        .contains("# fact database: jdbc:postgresql://10.86.0.1:")
                        .contains("# fact commits-durable: unknown: the server's disk is not here")
                        .doesNotContain(Postgres.PASSWORD);
                assertThat(schemas(near, server)).isEqualTo("0");
            }
        }
    }

    private static String schemas(NetworkNamespace near, Postgres server) throws Exception {
        return near.run(
                        "psql",
                        server.urlWithCredentials().replace("jdbc:", ""),
                        "-Atc",
                        "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'tare\\_%'")
                .strip();
    }

    private ChainedOptionsBuilder options(String method) {
        return new OptionsBuilder()
                .include("^dev\\.tare\\.app\\.DatabaseBench\\." + method + "$")
                .param("dataFolder", folder.toString())
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(200))
                .addProfiler(AppProfiler.class)
                .shouldFailOnError(true);
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name), name)
                .getScore();
    }
}
