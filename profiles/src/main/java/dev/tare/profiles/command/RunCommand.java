package dev.tare.profiles.command;

import dev.tare.profiles.exit.ExitCode;
import dev.tare.profiles.exit.Refusal;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.machine.Build;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlanText;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.profile.Profile;
import dev.tare.profiles.profile.Profiles;
import dev.tare.profiles.run.Run;
import dev.tare.profiles.run.RunFolder;
import dev.tare.profiles.run.RunRequest;
import dev.tare.report.comparison.Comparison;
import dev.tare.runs.UnreadableRunException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
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

    private final PrintStream console;

    RunCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return (resume == null ? start() : resume(resume)).code();
    }

    private ExitCode start() {
        if (words.isEmpty()) {
            throw Refusal.usage("run: expected a profile, one of " + String.join(", ", Profiles.builtIn())
                    + " or the path of a profile file, got nothing");
        }
        if (words.get(0).startsWith("-")) {
            throw Refusal.usage("run: expected a profile first and then options, got " + words.get(0)
                    + "; e.g. run smoke " + String.join(" ", words));
        }
        Profile profile = Profiles.find(words.get(0));
        RunRequest request = new RunRequest(
                Build.read().version(),
                profile.name(),
                profile.text(),
                jmhOptions(),
                pattern(only).pattern());
        Plan plan = plan(request);
        console.println(profile.name() + ": " + PlanText.summary(plan));
        if (planOnly) {
            console.print(PlanText.table(plan));
            return ExitCode.OK;
        }
        Path path = Optional.ofNullable(out)
                .orElseGet(() -> Path.of(
                        "tare-" + profile.name() + "-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault()))));
        RunFolder folder = RunFolder.create(path);
        console.println("results: " + folder.path().toAbsolutePath());
        return ended(folder, Run.start(folder, plan, request, Hosts.here(labels), console));
    }

    private ExitCode resume(Path path) {
        if (!words.isEmpty() || !only.isEmpty() || out != null) {
            throw Refusal.usage("run --resume takes its profile, options and folder from the run itself;"
                    + " expected no others, got " + words + (only.isEmpty() ? "" : " --only " + only)
                    + (out == null ? "" : " --out " + out));
        }
        RunFolder folder = RunFolder.open(path);
        return ended(folder, Run.resume(folder, Hosts.here(Map.of()), this::plan, console));
    }

    private ExitCode ended(RunFolder folder, ExitCode exit) {
        try {
            console.println();
            console.print(Comparison.of(dev.tare.runs.Run.read(folder.path()))
                    .document()
                    .text());
        } catch (UnreadableRunException e) {
            // A run of which nothing was measured has nothing to show; its failures were printed one by one.
            console.println(e.getMessage());
        }
        console.println("results: " + folder.path().toAbsolutePath());
        if (exit != ExitCode.OK) {
            console.println("The run is incomplete; measure what is missing with: run --resume " + folder.path());
        }
        return exit;
    }

    private List<String> jmhOptions() {
        List<String> options = new ArrayList<>(words.subList(1, words.size()));
        if (clock != null) {
            options.add("-prof");
            options.add("remoteclock:server=" + clock);
        }
        return options;
    }

    private Plan plan(RunRequest request) {
        Set<String> own = CommandSpec.forAnnotatedObject(this).optionsMap().keySet();
        Profile profile = Profile.parse(request.profile(), request.profileText());
        return Planner.plan(
                profile, JmhCommandLine.parse("the command line", request.options(), own), pattern(request.only()));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw Refusal.usage("--only: expected a regular expression, got \"" + regex + "\": " + e.getDescription());
        }
    }
}
