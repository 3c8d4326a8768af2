package dev.tare.profiles.command;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.server.ServerStatistics;
import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "clock",
        description =
                "Serves the time as NTPv4 over UDP and TCP, for guests to measure with. Run it on a native machine.",
        footer = {"", "It never sets a clock and never steps. Stop it with Ctrl-C or kill."})
final class ClockCommand implements Callable<Integer> {
    @Mixin
    private final ServiceAddress address = new ServiceAddress(ClockServerOptions.DEFAULT_PORT);

    @Option(names = "--stats", description = "Print requests, drops by reason and connections at the end.")
    private boolean stats;

    private final PrintStream console;

    ClockCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ClockServer server = ClockServer.start(options())) {
            for (InetSocketAddress listening : server.addresses()) {
                console.println("clock server on " + HostPort.text(listening.getAddress()) + " port "
                        + listening.getPort() + ", UDP and TCP");
            }
            EndOfService end = EndOfService.closing(server::close);
            server.awaitClose();
            if (stats) {
                console.println(describe(server.statistics()));
            }
            end.reached();
            return ExitCode.OK.code();
        } catch (IOException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        }
    }

    private ClockServerOptions options() {
        InetSocketAddress chosen = address.get();
        return ClockServerOptions.loopback().withBind(chosen.getAddress()).withPort(chosen.getPort());
    }

    private static String describe(ServerStatistics statistics) {
        String drops = statistics.drops().entrySet().stream()
                .map(drop -> drop.getKey().name().toLowerCase(Locale.ROOT) + " " + drop.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "requests %d, answers %d, dropped %d (%s), TCP connections %d",
                statistics.requests(),
                statistics.answers(),
                statistics.dropped(),
                drops,
                statistics.connectionsAccepted());
    }
}
