package dev.tare.profiles.plan;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.jmh.LeftOut;
import dev.tare.profiles.jmh.OverlaidOptions;
import dev.tare.profiles.jmh.ParameterCheck;
import dev.tare.profiles.jmh.Profilers;
import dev.tare.runs.Configuration;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Expands the steps of a profile into configurations, as JMH's runner would expand each command line. */
public final class Planner {
    private static final OutputFormat SILENT = OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);

    private final JmhCommandLine user;
    private final Pattern only;
    private final boolean leavesOut;
    private final Map<Configuration, PlannedConfiguration> configurations = new LinkedHashMap<>();
    private final LeftOut leftOut = new LeftOut();
    private final Set<String> parameters = new TreeSet<>();

    private Planner(JmhCommandLine user, Pattern only, boolean leavesOut) {
        this.user = user;
        this.only = only;
        this.leavesOut = leavesOut;
    }

    /**
     * Makes the plan of a run. Of a built-in profile, which is for every machine, benchmarks are left out that cannot run on this
     * one; what a user's own profile names must run.
     *
     * @param profile its steps
     * @param user JMH options that win over those of the profile
     * @param only keeps the configurations in whose benchmark name or title it is found
     * @throws CommandException when a step finds no benchmark, names an unknown parameter or gives one a value that its benchmark
     *     would refuse, when two steps measure the same, when nothing is left to measure, or when this machine lacks
     *     something for all of it
     */
    public static Plan plan(Profile profile, JmhCommandLine user, Pattern only) {
        if (!user.options().getIncludes().isEmpty()) {
            throw CommandException.usage("run takes one profile, got also "
                    + user.options().getIncludes() + "; to measure a part of the profile use --only REGEX");
        }
        checkFiles(user, "the command line");
        Planner planner = new Planner(user, only, profile.isBuiltIn());
        profile.steps().forEach(step -> planner.add(profile.name(), step));
        ParameterCheck.requireKnown("the command line", user.parameterNames(), planner.parameters);
        if (planner.configurations.isEmpty() && !planner.leftOut.isEmpty()) {
            throw CommandException.unavailable("nothing to measure: " + String.join("; ", planner.leftOut.sentences()));
        }
        if (planner.configurations.isEmpty()) {
            throw CommandException.usage(
                    "nothing to measure: --only " + only + " finds none of the benchmarks of profile " + profile.name()
                            + "; run " + profile.name() + " --plan lists them");
        }
        return new Plan(profile.name(), List.copyOf(planner.configurations.values()), planner.leftOut.sentences());
    }

    private void add(String profile, Profile.Step step) {
        String place = "profile " + profile + ", line " + step.line();
        JmhCommandLine line = JmhCommandLine.parse(place, step.arguments(), List.of());
        checkFiles(line, place);
        Collection<BenchmarkListEntry> found = BenchmarkList.defaultList()
                .find(SILENT, line.options().getIncludes(), line.options().getExcludes());
        if (found.isEmpty()) {
            throw CommandException.usage(place + ": expected a filter that finds a benchmark, got "
                    + line.options().getIncludes() + "; java -jar benchmarks.jar -l lists the benchmarks");
        }
        Set<String> known = new LinkedHashSet<>();
        found.forEach(entry -> known.addAll(params(entry).keySet()));
        parameters.addAll(known);
        ParameterCheck.requireKnown(place, line.parameterNames(), known);
        Options overlaid = Profilers.withDefaults(new OverlaidOptions(user.options(), line.options()));
        BenchmarkList.defaultList()
                .find(SILENT, overlaid.getIncludes(), overlaid.getExcludes())
                .forEach(entry -> add(place, entry, overlaid));
    }

    private static void checkFiles(JmhCommandLine line, String place) {
        Options options = line.options();
        if (options.getResult().hasValue()
                || options.getResultFormat().hasValue()
                || options.getOutput().hasValue()) {
            throw CommandException.usage(
                    place + ": run keeps results and output in its own folder (results.json is JMH's JSON,"
                            + " log.txt its output), got -rf, -rff or -o; leave them out");
        }
    }

    private void add(String place, BenchmarkListEntry entry, Options options) {
        int forks = options.getForkCount().orElse(entry.getForks().orElse(Defaults.MEASUREMENT_FORKS));
        if (forks < 1) {
            throw CommandException.usage(place + ": expected at least one fork (-f) of " + entry.getUsername()
                    + ", got " + forks + "; a run measures in forked JVMs only");
        }
        for (Mode mode : modes(entry, options)) {
            BenchmarkListEntry inMode = entry.cloneWith(mode);
            for (Map<String, String> params : ParameterCheck.combinations(inMode, options)) {
                PlannedConfiguration configuration = configuration(inMode, params, forks, options);
                if (only.matcher(configuration.benchmark()).find()
                        || only.matcher(configuration.title()).find()) {
                    Optional<String> lacking = ParameterCheck.require(place, inMode, options, params);
                    if (lacking.isEmpty()) {
                        add(place, configuration);
                    } else if (leavesOut) {
                        leftOut.add(configuration.benchmark(), lacking.get());
                    } else {
                        throw ParameterCheck.unavailable(place, inMode, lacking.get());
                    }
                }
            }
        }
    }

    private void add(String place, PlannedConfiguration configuration) {
        if (configurations.putIfAbsent(configuration.identity(), configuration) != null) {
            throw CommandException.usage(place + ": " + configuration.title()
                    + " is measured by an earlier line already; remove one of them");
        }
    }

    private static PlannedConfiguration configuration(
            BenchmarkListEntry entry, Map<String, String> params, int forks, Options options) {
        int threads = ParameterCheck.threads(entry, options);
        ChainedOptionsBuilder fork = new OptionsBuilder()
                .include("^" + Pattern.quote(entry.getUsername()) + "$")
                .mode(entry.getMode())
                .forks(1)
                // Given as a number: JMH's own "max" need not see the quota of the control groups further up.
                .threads(threads)
                .shouldFailOnError(true);
        params.forEach(fork::param);
        return new PlannedConfiguration(
                entry.getUsername(),
                entry.getMode(),
                threads,
                params,
                shown(entry, params),
                forks,
                new OverlaidOptions(fork.build(), options),
                PlannedConfiguration.ForkDuration.of(entry, options));
    }

    private static Set<String> shown(BenchmarkListEntry entry, Map<String, String> params) {
        Set<String> shown = new LinkedHashSet<>(params.keySet());
        params(entry).forEach((name, defaults) -> {
            if (defaults.length == 1 && defaults[0].equals(params.get(name))) {
                shown.remove(name);
            }
        });
        return shown;
    }

    private static Collection<Mode> modes(BenchmarkListEntry entry, Options options) {
        Collection<Mode> modes = options.getBenchModes().isEmpty() ? List.of(entry.getMode()) : options.getBenchModes();
        return modes.contains(Mode.All)
                ? Arrays.stream(Mode.values()).filter(mode -> mode != Mode.All).toList()
                // JMH keeps them in the order of their hash codes, which differs from JVM to JVM.
                : modes.stream().sorted().toList();
    }

    private static Map<String, String[]> params(BenchmarkListEntry entry) {
        return entry.getParams().orElse(Map.of());
    }
}
