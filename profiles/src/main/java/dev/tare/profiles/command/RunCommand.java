package dev.tare.profiles.command;

import static java.util.Objects.requireNonNull;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.profile.RemoteClockProfiler;
import dev.tare.harness.AffinityProfiler;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.machine.Build;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.plan.Profile;
import dev.tare.profiles.run.RunHost;
import dev.tare.profiles.run.RunSession;
import dev.tare.report.comparison.Comparison;
import dev.tare.runs.Run;
import dev.tare.runs.RunHeader;
import dev.tare.runs.UnreadableRunException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.ProfilerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Measures a profile in rounds of forks and keeps everything in a folder.",
        footer = {
            "",
            "Built-in profiles: smoke (minutes), nightly (about 45 minutes), application (a database server,",
            "about 15 minutes), paper (the 2010 study's parameters).",
            "A profile is a text file with one JMH command line a line. JMH options given here win over the profile's.",
            "Example: run smoke --only StreamBench -f 5 -p arrayBytes=67108864"
        })
final class RunCommand implements Callable<Integer> {
    private static final Set<String> BESIDE_RESUME =
            Set.of("--resume", "--wait", "--share-machine", "--html", "--history", "--fail-on");
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
            names = "--cpus",
            paramLabel = "LIST",
            description = "Start forks on these processors, such as 0-3, or \"fork=0;beside=1\", where beside is what a"
                    + " benchmark starts beside itself, or apart: that gets a core of its own.")
    private @Nullable String cpus;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A word of your own about this machine, kept with the run; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report as a page with charts at the end, too, as report --html does.")
    private @Nullable Path html;

    @Mixin
    private final ContaminationOptions contamination = new ContaminationOptions();

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    @Mixin
    private final NightOptions night = new NightOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private @Nullable PageFile page;

    private final PrintStream console;

    RunCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (html != null) {
            page = new PageFile(html);
        }
        return (resume == null ? start() : resume(resume)).code();
    }

    private ExitCode start() {
        if (words.isEmpty()) {
            throw CommandException.usage("run: expected a profile, one of " + String.join(", ", Profile.builtIn())
                    + " or the path of a profile file, got nothing");
        }
        if (words.get(0).startsWith("-")) {
            throw CommandException.usage("run: expected a profile first and then options, got " + words.get(0)
                    + "; e.g. run smoke " + String.join(" ", words));
        }
        Profile profile = Profile.find(words.get(0));
        List<String> options = jmhOptions();
        RunSession session = new RunSession(machine.lock(console), console);
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
                contamination.maxStealPercent(),
                contamination.maxForeignPercent(),
                contamination.retries(),
                host.fingerprint());
        console.println(profile.name() + ": " + plan.summary());
        plan.leftOut().forEach(one -> console.println("left out: " + one));
        if (planOnly) {
            console.print(plan.table());
            return ExitCode.OK;
        }
        requireClock();
        night.require();
        Path folder = out == null
                ? Path.of("tare-" + profile.name() + "-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())))
                : out;
        return kept(folder, session.start(folder, plan, header, host));
    }

    private ExitCode resume(Path folder) {
        List<String> others = new ArrayList<>(words);
        requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(option -> !BESIDE_RESUME.contains(option))
                .forEach(others::add);
        if (!others.isEmpty()) {
            throw CommandException.usage(
                    "run --resume takes its profile, options, clock, labels and limits from the run itself and"
                            + " measures what it lacks; expected at most --wait, --share-machine, --html and --history beside it, got also "
                            + String.join(" ", others));
        }
        night.require();
        return kept(
                folder,
                new RunSession(machine.lock(console), console)
                        .resume(
                                folder,
                                RunHost.here(Map.of()),
                                run -> plan(Profile.parse(run.profile(), run.steps()), run.options(), run.only())));
    }

    /** Writes the page of what was measured and adds it to the history, where that is wanted and anything was. */
    private ExitCode kept(Path folder, ExitCode exit) {
        if (page != null) {
            try {
                page.writeAtEnd(Comparison.of(Run.read(folder)).document(), console);
            } catch (UnreadableRunException nothingMeasured) {
                console.println("no page: " + Reasons.of(nothingMeasured));
            }
        }
        return night.keep(folder, exit, console);
    }

    /** Asks the clock server before anything is measured: a silent one would fail every fork, one after the other. */
    private void requireClock() {
        if (clock != null) {
            try {
                new RemoteClockProfiler("server=" + clock);
            } catch (ProfilerException e) {
                throw CommandException.unavailable(Reasons.of(e), e);
            }
        }
    }

    private List<String> jmhOptions() {
        List<String> options = new ArrayList<>(words.subList(1, words.size()));
        if (clock != null) {
            try {
                ClockAddress.parse(clock, ClockTransport.UDP);
            } catch (IllegalArgumentException e) {
                throw CommandException.usage("--clock: " + e.getMessage());
            }
            if (JmhCommandLine.parse(options).asksFor(RemoteClockProfiler.class)) {
                throw CommandException.usage("run: expected one of --clock and -prof remoteclock, got both; leave"
                        + " -prof remoteclock out, or give it alone with server=" + clock + " among its options");
            }
            options.add("-prof");
            options.add("remoteclock:server=" + clock);
        }
        if (cpus != null) {
            bind(options, cpus);
        }
        return options;
    }

    private static void bind(List<String> options, String processors) {
        try {
            new AffinityProfiler(processors);
        } catch (ProfilerException e) {
            throw CommandException.usage("--cpus: " + Reasons.of(e));
        }
        if (JmhCommandLine.parse(options).asksFor(AffinityProfiler.class)) {
            throw CommandException.usage("run: expected one of --cpus and -prof cpus, got both");
        }
        options.add("-prof");
        options.add("cpus:" + processors);
    }

    private Plan plan(Profile profile, List<String> options, String regex) {
        Set<String> own = requireNonNull(spec).optionsMap().keySet();
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
