package dev.tare.profiles.command;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.profile.ClockAudit;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.machine.ClockAuditFacts;
import dev.tare.profiles.machine.Inventory;
import dev.tare.runs.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "inspect", description = "Prints what this machine is: processor, memory, hypervisor, clock, JVM.")
final class InspectCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON, the same as a run's environment.json.")
    private boolean json;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A word of your own; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--clock",
            paramLabel = "HOST:PORT",
            description = "Audit the local clock against the clock server there: rate, steps, granularity, verdict.")
    private @Nullable String clock;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the audit takes (default: ${DEFAULT-VALUE}).")
    private int seconds = 30;

    private final PrintStream console;

    InspectCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Environment environment = new Inventory().collect(labels);
        if (clock != null) {
            environment = environment.with("clockAudit", audit(clock));
        }
        if (json) {
            console.print(environment.json());
        } else {
            environment.lines().forEach(console::println);
        }
        return ExitCode.OK.code();
    }

    private Map<String, String> audit(String server) throws InterruptedException {
        try {
            return ClockAuditFacts.of(
                    ClockAudit.run(ClockAddress.parse(server, ClockTransport.UDP), Duration.ofSeconds(seconds)));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--clock: " + e.getMessage());
        } catch (ClockUnreachableException e) {
            throw CommandException.unavailable(String.valueOf(e.getMessage()), e);
        }
    }
}
