package dev.tare.profiles.command;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.profile.AuditReport;
import dev.tare.clock.profile.ClockAudit;
import dev.tare.harness.Reasons;
import dev.tare.machine.MachineFiles;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.machine.CaptureArchive;
import dev.tare.profiles.machine.Inventory;
import dev.tare.runs.Environment;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Of another machine, whose captured proc and sys are in this folder.")
    private @Nullable Path root;

    @Option(
            names = "--capture",
            paramLabel = "FILE.tar",
            description =
                    "Instead of printing, write what was looked at, without serial numbers, addresses and given names:"
                            + " to be attached to a report, and read by --root.")
    private @Nullable Path capture;

    private final PrintStream console;

    InspectCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireWhatGoesTogether();
        if (capture != null) {
            int files = CaptureArchive.ofThisMachine(capture);
            console.println("captured " + files + " files in " + capture
                    + "; look through them before you give them away (tar -xf " + capture
                    + " -C DIR, then inspect --root DIR)");
            return ExitCode.OK.code();
        }
        Environment environment = environment();
        if (json) {
            console.print(environment.json());
        } else {
            environment.lines().forEach(console::println);
        }
        return ExitCode.OK.code();
    }

    private void requireWhatGoesTogether() {
        if (seconds != null && clock == null) {
            throw CommandException.usage("inspect: expected --clock HOST:PORT beside --seconds, which says how long its"
                    + " audit takes, got --seconds alone");
        }
        if (seconds != null && seconds < LEAST_SECONDS) {
            throw CommandException.usage("--seconds: expected at least " + LEAST_SECONDS + ", got " + seconds);
        }
        if (root != null && (clock != null || capture != null)) {
            throw CommandException.usage(
                    "--root: expected neither --clock nor --capture, which are about this machine, got "
                            + (clock != null ? "--clock" : "--capture") + "; use one of them");
        }
        if (capture != null && (clock != null || json || !labels.isEmpty())) {
            throw CommandException.usage("--capture: expected no other option, for it prints nothing of this machine;"
                    + " leave out --clock, --json and --label");
        }
    }

    private Environment environment() throws InterruptedException {
        if (root != null) {
            return Inventory.captured(captured(root), labels);
        }
        Environment here = Inventory.collect(labels);
        return clock == null ? here : here.with("clockAudit", audit(clock));
    }

    private static MachineFiles captured(Path folder) {
        if (!Files.isDirectory(folder.resolve("proc")) && !Files.isDirectory(folder.resolve("sys"))) {
            throw CommandException.unavailable(
                    "--root: expected a folder with the captured proc or sys of a machine, got " + folder
                            + "; unpack a capture there: tar -xf FILE.tar -C " + folder);
        }
        return new MachineFiles(folder);
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
