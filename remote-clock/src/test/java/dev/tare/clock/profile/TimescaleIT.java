package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.server.ServerTimescale;
import dev.tare.harness.IterationProfiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of iterations carry the server's time, with its bound, as long as a clock is in use. */
class TimescaleIT {
    private static final long ITERATION_NS = 700_000_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"disciplined, always", "direct, always", "disciplined, never"})
    void recordOfAnIterationBeginsAndEndsOnTheServersTimescaleWithinItsBounds(String mode, String when)
            throws Exception {
        // A day ahead: this machine's own clock would be found out.
        long aheadNs =
                System.currentTimeMillis() * 1_000_000 + Duration.ofDays(1).toNanos();
        try (ClockServer server = ClockServer.start(
                ClockServerOptions.loopback().withPort(0), new ServerTimescale(System::nanoTime, aheadNs))) {
            String address = "127.0.0.1:" + server.port();
            long beforeNs = server.timescale().nowUnixNs();
            JmhOutput output = JmhRun.onClassPath()
                    .with("BracketedBench.nothing", "-prof", IterationProfiler.class.getName())
                    .profiledWith("server=" + address + ";mode=" + mode + ";when=" + when)
                    .run(folder);
            long afterNs = server.timescale().nowUnixNs();

            Matcher line = Pattern.compile("(?m)^# iteration (\\{.*})$").matcher(output.text());
            assertThat(line.find()).as(output.text()).isTrue();
            String record = line.group(1);
            assertThat(record).contains("\"remote " + address + "/udp, " + mode + "\"");
            long beginNs = whole(record, "beginNs");
            long endNs = whole(record, "endNs");
            long boundsNs = whole(record, "beginBoundNs") + whole(record, "endBoundNs");
            assertThat(boundsNs).isPositive();
            assertThat(beginNs).isGreaterThanOrEqualTo(beforeNs - boundsNs);
            assertThat(endNs).isLessThanOrEqualTo(afterNs + boundsNs);
            assertThat(endNs - beginNs).isGreaterThanOrEqualTo(ITERATION_NS - boundsNs);
        }
    }

    private static long whole(String json, String name) {
        Matcher field =
                Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)\\s*[,}]").matcher(json);
        assertThat(field.find()).as("%s in %s", name, json).isTrue();
        return Long.parseLong(field.group(1));
    }
}
