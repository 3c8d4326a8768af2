package dev.tare.clock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other implementations' clients against our server. */
final class OtherClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long AHEAD_S = 1000;

    @TempDir
    private Path folder;

    /** A time that is a thousand seconds ahead, so that a client cannot be right by accident. */
    private static ServerTimescale ahead() {
        return new ServerTimescale(System::nanoTime, (System.currentTimeMillis() + AHEAD_S * 1000) * 1_000_000);
    }

    @Test
    @RequiresRoot
    @RequiresProgram(value = "chronyd", debianPackage = "chrony")
    void chronydGetsTheTimeFromOurServer() throws Exception {
        try (ClockServer server =
                        ClockServer.start(ClockServerOptions.loopback().withPort(0), ahead());
                RunningProgram chronyd = RunningProgram.start(List.of(
                        Programs.require("chronyd").toString(),
                        "-Q",
                        "-f",
                        "/dev/null",
                        "-t",
                        "30",
                        "server 127.0.0.1 port " + server.port() + " iburst maxsamples 4",
                        "cmdport 0",
                        "pidfile " + folder.resolve("chronyd.pid")))) {
            Matcher wrong = chronyd.awaitLine(Pattern.compile("System clock wrong by ([-0-9.]+) seconds"));
            assertThat(Double.parseDouble(wrong.group(1))).isBetween(AHEAD_S - 0.1, AHEAD_S + 0.1);
            assertThat(chronyd.awaitExit(PATIENCE)).isZero();
            System.out.println(chronyd.output());
        }
    }

    @Test
    @RequiresRoot
    @RequiresProgram(value = "ntpdig", debianPackage = "ntpsec-ntpdig")
    void ntpdigGetsTheTimeFromOurServer() throws Exception {
        // ntpdig asks port 123 only; an address of this process's own keeps that port free for others.
        long pid = ProcessHandle.current().pid();
        String host = "127.77." + pid / 250 % 250 + "." + (1 + pid % 250);
        ClockServerOptions wellKnown = ClockServerOptions.loopback()
                .withBind(InetAddress.getByName(host))
                .withPort(123);
        try (ClockServer server = ClockServer.start(wellKnown, ahead());
                RunningProgram ntpdig =
                        RunningProgram.start(List.of(Programs.require("ntpdig").toString(), "-p", "1", host))) {
            Matcher offset = ntpdig.awaitLine(Pattern.compile("([+-][0-9.]+) \\+/- ([0-9.]+) " + host));
            assertThat(Double.parseDouble(offset.group(1))).isBetween(AHEAD_S - 0.1, AHEAD_S + 0.1);
            assertThat(ntpdig.awaitExit(PATIENCE)).isZero();
            assertThat(server.statistics().answers()).isPositive();
            System.out.println(ntpdig.output());
        }
    }
}
