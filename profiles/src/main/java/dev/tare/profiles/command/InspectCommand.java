package dev.tare.profiles.command;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.profile.AuditReport;
import dev.tare.clock.profile.ClockAudit;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.machine.Inventory;
import dev.tare.runs.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "inspect", description = "Prints what this machine is: processor, memory, hypervisor, clock, JVM.")
final class InspectCommand implements Callable<Integer> {
    private static final int LEAST_SECONDS = 2;
    private static final int DEFAULT_SECONDS = 30;

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
            description = "How long the audit of --clock takes, from " + LEAST_SECONDS + " (default: " + DEFAULT_SECONDS
                    + ").")
    private @Nullable Integer seconds;

    private final PrintStream console;

    InspectCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds != null && clock == null) {
            throw CommandException.usage("inspect: expected --clock HOST:PORT beside --seconds, which says how long its"
                    + " audit takes, got --seconds alone");
        }
        if (seconds != null && seconds < LEAST_SECONDS) {
            throw CommandException.usage("--seconds: expected at least " + LEAST_SECONDS + ", got " + seconds);
        }
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
            return facts(ClockAudit.run(
                    ClockAddress.parse(server, ClockTransport.UDP),
                    Duration.ofSeconds(seconds == null ? DEFAULT_SECONDS : seconds)));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--clock: " + e.getMessage());
        } catch (ClockUnreachableException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        }
    }

    /** One fact for every figure, and the verdict. */
    private static Map<String, String> facts(AuditReport audit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("server", audit.server().toString());
        facts.put("seconds", decimals(1, audit.seconds()));
        facts.put("ratePpm", decimals(3, audit.ratePpm()));
        facts.put("rateBoundPpm", decimals(3, audit.rateBoundPpm()));
        facts.put("disturbedSeconds", Integer.toString(audit.disturbedSeconds()));
        facts.put("largestStepUs", decimals(1, audit.largestStepUs()));
        facts.put("smallestVisibleStepUs", decimals(1, audit.smallestVisibleStepUs()));
        facts.put("granularityNs", Long.toString(audit.granularityNs()));
        facts.put("readNs", decimals(1, audit.readNs()));
        facts.put("requestsLost", Long.toString(audit.requestsLost()));
        facts.put("verdict", audit.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return facts;
    }

    private static String decimals(int count, double value) {
        return String.format(Locale.ROOT, "%." + count + "f", value);
    }
}
