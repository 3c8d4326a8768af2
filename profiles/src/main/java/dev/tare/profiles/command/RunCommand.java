package dev.tare.profiles.command;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.profile.RemoteClockProfiler;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.machine.Build;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.profile.Profile;
import dev.tare.profiles.profile.Profiles;
import dev.tare.profiles.run.Interruption;
import dev.tare.profiles.run.MachineLock;
import dev.tare.profiles.run.RunExecution;
import dev.tare.profiles.run.RunHost;
import dev.tare.report.comparison.Comparison;
import dev.tare.runs.FolderLock;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.ProfilerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Measures a profile in rounds of forks and keeps everything in a folder.",
        footer = {
            "",
            "Built-in profiles: smoke (minutes), nightly (about 40 minutes), paper (the 2010 study's parameters).",
            "A profile is a text file with one JMH command line a line. JMH options given here win over the profile's.",
            "Example: run smoke --only StreamBench -f 5 -p arrayBytes=67108864"
        })
final class RunCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smh])");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Parameters(
            arity = "0..*",
            paramLabel = "<profile> [JMH options]",
            description = "Name of a built-in profile or path of a profile file, then options of JMH.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Measure only configurations in whose name or parameters this is found.")
    private String only = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the run (default: tare-<profile>-<time> in the working folder).")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with the run in this folder: measure exactly the forks that it lacks.")
    private @Nullable Path resume;

    @Option(names = "--plan", description = "Print what would be measured and how long it takes, and exit.")
    private boolean planOnly;

    @Option(
            names = "--clock",
            paramLabel = "HOST:PORT",
            description = "Measure with the clock server there when this machine is a guest.")
    private @Nullable String clock;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A word of your own about this machine, kept with the run; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--max-steal",
            paramLabel = "PERCENT",
            description = "Steal or throttling beyond which an iteration is contaminated (default: 1).")
    private @Nullable Double maxSteal;

    @Option(
            names = "--max-foreign",
            paramLabel = "PERCENT",
            description = "CPU time of other processes beyond which an iteration is contaminated (default: 5).")
    private @Nullable Double maxForeign;

    @Option(
            names = "--retry-contaminated",
            paramLabel = "N",
            description = "Measure a fork with contaminated iterations again, up to N times; the cleanest counts.")
    private @Nullable Integer retries;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for another JMH on this machine to end, such as 90s, 10m or 2h.")
    private String wait = "0s";

    @Option(names = "--share-machine", description = "Measure although another JMH runs on this machine.")
    private boolean shareMachine;

    private final PrintStream console;

    RunCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return (resume == null ? start() : resume(resume)).code();
    }

    @SuppressWarnings("try") // The locks are held, not used.
    private ExitCode start() {
        if (words.isEmpty()) {
            throw CommandException.usage("run: expected a profile, one of " + String.join(", ", Profiles.builtIn())
                    + " or the path of a profile file, got nothing");
        }
        if (words.get(0).startsWith("-")) {
            throw CommandException.usage("run: expected a profile first and then options, got " + words.get(0)
                    + "; e.g. run smoke " + String.join(" ", words));
        }
        Profile profile = Profiles.find(words.get(0));
        List<String> options = jmhOptions();
        double maxStealPercent = percent("--max-steal", maxSteal, 1);
        double maxForeignPercent = percent("--max-foreign", maxForeign, 5);
        int allowedRetries = retries();
        Duration waiting = duration(wait);
        Plan plan = plan(profile, options, only);
        RunHost host = RunHost.here(labels);
        RunHeader header = new RunHeader(
                Build.read().version(),
                Instant.now().toString(),
                profile.name(),
                profile.text(),
                only,
                options,
                plan.planned(),
                labels,
                host.jvmFlags(),
                maxStealPercent,
                maxForeignPercent,
                allowedRetries,
                host.fingerprint());
        console.println(profile.name() + ": " + plan.summary());
        if (planOnly) {
            console.print(plan.table());
            return ExitCode.OK;
        }
        requireClock();
        Path path = Optional.ofNullable(out)
                .orElseGet(() -> Path.of(
                        "tare-" + profile.name() + "-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault()))));
        MachineLock machine = machineLock(waiting);
        // The interruption is closed last: when it was one, the JVM halts at once and would leave the rest behind.
        try (Interruption interruption = Interruption.listen();
                MachineLock held = machine) {
            RunFolder folder = RunFolder.create(path);
            try (FolderLock lock = folder.lock()) {
                console.println("results: " + folder.path().toAbsolutePath());
                return ended(folder, RunExecution.start(folder, plan, header, host, interruption, console));
            }
        } catch (RunFolder.UnusableException e) {
            throw CommandException.unavailable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw CommandException.unavailable("cannot release the lock of " + path + ": " + e, e);
        }
    }

    /** Asks the clock server before anything is measured: a silent one would fail every fork, one after the other. */
    private void requireClock() {
        if (clock != null) {
            try {
                new RemoteClockProfiler("server=" + clock);
            } catch (ProfilerException e) {
                throw CommandException.unavailable(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private MachineLock machineLock(Duration waiting) {
        return shareMachine ? MachineLock.shared() : MachineLock.take(waiting, console);
    }

    @SuppressWarnings("try") // The locks are held, not used.
    private ExitCode resume(Path path) {
        boolean others = !words.isEmpty()
                || !only.isEmpty()
                || !labels.isEmpty()
                || planOnly
                || Stream.of(out, clock, maxSteal, maxForeign, retries).anyMatch(Objects::nonNull);
        if (others) {
            throw CommandException.usage(
                    "run --resume takes its profile, options, clock, labels and limits from the run itself and"
                            + " measures what it lacks; expected at most --wait and --share-machine beside it, got also "
                            + otherOptions());
        }
        Duration waiting = duration(wait);
        try {
            RunFolder folder = RunFolder.open(path);
            try (FolderLock lock = folder.lock()) {
                MachineLock machine = machineLock(waiting);
                try (Interruption interruption = Interruption.listen();
                        MachineLock held = machine) {
                    return ended(
                            folder,
                            RunExecution.resume(folder, RunHost.here(Map.of()), this::plan, interruption, console));
                }
            }
        } catch (RunFolder.UnusableException e) {
            throw CommandException.unavailable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw CommandException.unavailable("cannot release the lock of " + path + ": " + e, e);
        }
    }

    private String otherOptions() {
        List<String> others = new ArrayList<>(words);
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--only", !only.isEmpty());
        given.put("--out", out != null);
        given.put("--plan", planOnly);
        given.put("--clock", clock != null);
        given.put("--label", !labels.isEmpty());
        given.put("--max-steal", maxSteal != null);
        given.put("--max-foreign", maxForeign != null);
        given.put("--retry-contaminated", retries != null);
        given.forEach((name, is) -> {
            if (is) {
                others.add(name);
            }
        });
        return String.join(" ", others);
    }

    private static double percent(String option, @Nullable Double given, double otherwise) {
        double percent = given == null ? otherwise : given;
        if (!(percent >= 0 && percent <= 100_000)) {
            throw CommandException.usage(option + ": expected per cent from 0, got " + percent);
        }
        return percent;
    }

    private int retries() {
        int number = retries == null ? 0 : retries;
        if (number < 0) {
            throw CommandException.usage("--retry-contaminated: expected a whole number from 0, got " + number);
        }
        return number;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw CommandException.usage("--wait: expected a number with s, m or h such as 10m, got \"" + text + "\"");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private ExitCode ended(RunFolder folder, ExitCode exit) {
        try {
            console.println();
            console.print(Comparison.of(Run.read(folder.path())).document().text());
        } catch (UnreadableRunException e) {
            // A run of which nothing was measured has nothing to show; its failures were printed one by one.
            console.println(e.getMessage());
        }
        console.println("results: " + folder.path().toAbsolutePath());
        if (exit == ExitCode.INTERRUPTED) {
            console.println(
                    "The run was interrupted; all forks that ended are kept. Measure the others with: run --resume "
                            + folder.path());
        } else if (exit != ExitCode.OK) {
            console.println("The run is incomplete; measure what is missing with: run --resume " + folder.path());
        }
        return exit;
    }

    private List<String> jmhOptions() {
        List<String> options = new ArrayList<>(words.subList(1, words.size()));
        if (clock != null) {
            try {
                ClockAddress.parse(clock, ClockTransport.UDP);
            } catch (IllegalArgumentException e) {
                throw CommandException.usage("--clock: " + e.getMessage());
            }
            options.add("-prof");
            options.add("remoteclock:server=" + clock);
        }
        return options;
    }

    private Plan plan(RunHeader request) {
        return plan(Profile.parse(request.profile(), request.steps()), request.options(), request.only());
    }

    private Plan plan(Profile profile, List<String> options, String regex) {
        Set<String> own = CommandSpec.forAnnotatedObject(this).optionsMap().keySet();
        return Planner.plan(profile, JmhCommandLine.parse("the command line", options, own), pattern(regex));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw CommandException.usage(
                    "--only: expected a regular expression, got \"" + regex + "\": " + e.getDescription());
        }
    }
}
