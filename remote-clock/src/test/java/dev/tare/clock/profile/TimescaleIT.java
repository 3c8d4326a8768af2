package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.server.ServerTimescale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of iterations carry the server's time, with its bound, as long as a clock is in use. */
class TimescaleIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"disciplined, always", "direct, always", "disciplined, never"})
    void forkTellsTheServersTimeWithinItsBound(String mode, String when) throws Exception {
        // A day ahead: this machine's own clock would be found out.
        long aheadNs =
                System.currentTimeMillis() * 1_000_000 + Duration.ofDays(1).toNanos();
        try (ClockServer server = ClockServer.start(
                ClockServerOptions.loopback().withPort(0), new ServerTimescale(System::nanoTime, aheadNs))) {
            String address = "127.0.0.1:" + server.port();
            long beginNs = server.timescale().nowUnixNs();
            JmhOutput output = JmhRun.onClassPath()
                    .with("TimescaleBench.nothing")
                    .profiledWith("server=" + address + ";mode=" + mode + ";when=" + when)
                    .run(folder);
            long endNs = server.timescale().nowUnixNs();

            Matcher told = Pattern.compile(
                            "# fact timescale: remote " + address + "/udp, " + mode + " at (\\d+) \\+- (\\d+)")
                    .matcher(output.text());
            assertThat(told.find()).as(output.text()).isTrue();
            long boundNs = Long.parseLong(told.group(2));
            assertThat(Long.parseLong(told.group(1))).isBetween(beginNs - boundNs, endNs + boundNs);
            assertThat(boundNs).isPositive();
        }
    }
}
