package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.clock.ClockTransport;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.server.ClockServerProgram;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients in machines of their own: one whose clock runs at a wrong rate, one behind a network. */
final class LyingMachineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RESULT = Pattern.compile(
            "duration=(\\d+) local=(\\d+) shortest=(\\d+) longest=(\\d+) witness=(\\w+) status=(\\w+) ppm=(\\S+)\\+-(\\S+)");

    @ParameterizedTest
    @RequiresProgram(value = "faketime", debianPackage = "faketime")
    @CsvSource({"1.5, UDP", "0.9, UDP", "1.5, TCP"})
    void clockOfAMachineThatRunsAtAWrongRateIsCorrected(double rate, ClockTransport transport) throws Exception {
        try (ClockServer server =
                ClockServer.start(ClockServerOptions.loopback().withPort(0))) {
            List<String> command =
                    new ArrayList<>(List.of(Programs.require("faketime").toString(), "-f", "+0 x" + rate));
            command.addAll(JavaCommand.of(
                    List.of(),
                    IntervalProgram.class.getName(),
                    "127.0.0.1:" + server.port(),
                    transport.name(),
                    "1500"));
            long outerBeginNs = server.timescale().nowUnixNs();
            try (RunningProgram client = RunningProgram.start(command)) {
                Matcher result = client.awaitLine(RESULT);
                long outerNs = server.timescale().nowUnixNs() - outerBeginNs;
                long durationNs = Long.parseLong(result.group(1));
                double localNs = Long.parseLong(result.group(2));
                assertThat(client.awaitExit(PATIENCE)).isZero();
                assertThat(result.group(5)).isEqualTo("CONFIRMED");
                assertThat(result.group(6)).isEqualTo("SYNCHRONIZED");
                assertThat(Double.parseDouble(result.group(7)))
                        .isCloseTo((rate - 1) * 1e6, within(Double.parseDouble(result.group(8)) + 1));
                assertThat(localNs / Long.parseLong(result.group(3))).isGreaterThanOrEqualTo(rate);
                assertThat(localNs / Long.parseLong(result.group(4))).isLessThanOrEqualTo(rate);
                assertThat(durationNs).isLessThan(outerNs);
            }
        }
    }

    @Test
    @RequiresRoot
    @RequiresProgram(value = "ip", debianPackage = "iproute2")
    @RequiresProgram(value = "nft", debianPackage = "nftables")
    void clockWorksAcrossTwoMachinesWhoseNetworkDropsPackets() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                NetworkNamespace guest = NetworkNamespace.create()) {
            host.connect("10.77.0.1/24", guest, "10.77.0.2/24");
            host.run("nft", "add", "table", "inet", "lossy");
            host.run("nft", "add", "chain", "inet", "lossy", "in", "{ type filter hook input priority 0 ; }");
            host.run(
                    "nft", "add", "rule", "inet", "lossy", "in", "udp", "dport", "12123", "numgen", "random", "mod",
                    "100", "<", "5", "drop");
            RunningProgram server =
                    host.start(JavaCommand.of(List.of(), ClockServerProgram.class.getName(), "0.0.0.0", "12123"));
            server.awaitLine(Pattern.compile("listening on .*10.77.0.1:12123"));
            for (ClockTransport transport : ClockTransport.values()) {
                RunningProgram client = guest.start(JavaCommand.of(
                        List.of(), IntervalProgram.class.getName(), "10.77.0.1:12123", transport.name(), "1000"));
                Matcher result = client.awaitLine(RESULT);
                assertThat(client.awaitExit(PATIENCE)).isZero();
                assertThat(result.group(5)).isEqualTo("CONFIRMED");
                // Both count the same clock of this machine.
                assertThat(Long.parseLong(result.group(2)))
                        .isBetween(Long.parseLong(result.group(3)), Long.parseLong(result.group(4)));
            }
        }
    }

    @Test
    void serverProcessStopsCleanlyOnSigterm() throws Exception {
        try (RunningProgram server =
                RunningProgram.start(JavaCommand.of(List.of(), ClockServerProgram.class.getName(), "127.0.0.1", "0"))) {
            server.awaitLine(Pattern.compile("listening on /127.0.0.1:\\d+"));
            server.process().destroy();
            // 128 + SIGTERM: the signal ended it, and the hook that closes the server let it end.
            assertThat(server.awaitExit(PATIENCE)).isEqualTo(143);
        }
    }
}
