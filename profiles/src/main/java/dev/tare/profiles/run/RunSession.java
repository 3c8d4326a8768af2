package dev.tare.profiles.run;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.plan.Plan;
import dev.tare.report.comparison.Comparison;
import dev.tare.runs.Configuration;
import dev.tare.runs.Counted;
import dev.tare.runs.FolderLock;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.RunJournal;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A run from its locks to its last words: it has the machine and the folder for itself, keeps what it measures, and says at
 * the end what came out and how to go on.
 */
public final class RunSession {
    private static final int MOST_LISTED = 3;

    private final Supplier<MachineLock> machineLock;
    private final PrintStream out;

    /**
     * A session that prints to {@code out}.
     *
     * @param machineLock takes this machine, or refuses to
     */
    public RunSession(Supplier<MachineLock> machineLock, PrintStream out) {
        this.machineLock = machineLock;
        this.out = out;
    }

    /**
     * Measures a new run.
     *
     * @param path its folder, new or empty
     * @param host what program, JVM and machine these are
     * @return OK, INCOMPLETE or INTERRUPTED
     * @throws CommandException when the machine is taken, or the folder is or does not take files
     */
    @SuppressWarnings("try") // The locks are held, not used.
    public ExitCode start(Path path, Plan plan, RunHeader header, RunHost host) {
        MachineLock machine = machineLock.get();
        // The interruption is closed last: when it was one, the JVM halts at once and would leave the rest behind.
        try (Interruption interruption = Interruption.listen();
                MachineLock held = machine) {
            RunFolder folder = RunFolder.create(path);
            try (FolderLock lock = folder.lock()) {
                out.println("results: " + folder.path().toAbsolutePath());
                folder.writeEnvironment(host.environmentJson());
                try (RunJournal journal = RunJournal.create(folder.journal(), header)) {
                    return ended(folder, new RunExecution(folder, plan, host, journal, interruption, out).measure());
                }
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /**
     * Goes on with a run: measures exactly the forks that are missing.
     *
     * @param planner makes the plan again from what the run was asked for
     * @param host what this program, JVM and machine are
     * @throws CommandException when one of them differs from the run's, or as in {@link #start}
     */
    @SuppressWarnings("try") // The locks are held, not used.
    public ExitCode resume(Path path, RunHost host, Function<RunHeader, Plan> planner) {
        try {
            RunFolder folder = RunFolder.open(path);
            try (FolderLock lock = folder.lock()) {
                MachineLock machine = machineLock.get();
                try (Interruption interruption = Interruption.listen();
                        MachineLock held = machine;
                        RunJournal journal = RunJournal.resume(folder.journal())) {
                    Plan plan = planner.apply(journal.header());
                    requireTheSame(path, journal.header(), host, plan.planned());
                    RunExecution run = new RunExecution(folder, plan, host, journal, interruption, out);
                    int all = plan.forks().size();
                    out.println("resuming " + path + ": forks measured already: "
                            + (all - run.missing().size()) + " of " + all);
                    return ended(folder, run.measure());
                }
            }
        } catch (UnreadableRunException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static void requireTheSame(Path path, RunHeader run, RunHost host, Map<Configuration, Integer> planned) {
        List<String> differences = new ArrayList<>(run.fingerprint().differences(host.fingerprint()));
        if (!run.jvmFlags().equals(host.jvmFlags())) {
            differences.add(
                    "JVM flags, which forks inherit: the run has " + run.jvmFlags() + ", here is " + host.jvmFlags());
        }
        differences.addAll(differences(run.planned(), planned));
        if (!differences.isEmpty()) {
            throw CommandException.unavailable("cannot resume " + path + ": its forks would not be comparable. "
                    + String.join(". ", differences) + ". Resume it where and how it began, or start a new run");
        }
    }

    /** The first few configurations of which another number of forks is planned. */
    static List<String> differences(Map<Configuration, Integer> run, Map<Configuration, Integer> here) {
        Set<Configuration> all = new LinkedHashSet<>(run.keySet());
        all.addAll(here.keySet());
        List<String> differences = all.stream()
                .filter(configuration -> !forks(run, configuration).equals(forks(here, configuration)))
                .map(configuration -> "plan: the run has " + forks(run, configuration) + " of " + configuration
                        + ", here it would be " + forks(here, configuration))
                .toList();
        List<String> first = new ArrayList<>(differences.subList(0, Math.min(MOST_LISTED, differences.size())));
        if (differences.size() > MOST_LISTED) {
            first.add("plan: "
                    + Counted.of(
                            differences.size() - MOST_LISTED,
                            "more configuration with another number",
                            "more configurations with other numbers")
                    + " of forks");
        }
        return first;
    }

    private static String forks(Map<Configuration, Integer> planned, Configuration configuration) {
        return planned.containsKey(configuration)
                ? Counted.of(planned.getOrDefault(configuration, 0), "fork")
                : "no fork";
    }

    private ExitCode ended(RunFolder folder, ExitCode exit) {
        try {
            out.println();
            out.print(Comparison.of(Run.read(folder.path())).document().text());
        } catch (UnreadableRunException e) {
            // A run of which nothing was measured has nothing to show; its failures were printed one by one.
            out.println(Reasons.of(e));
        }
        out.println("results: " + folder.path().toAbsolutePath());
        if (exit == ExitCode.INTERRUPTED) {
            out.println("The run was interrupted; all forks that ended are kept. Measure the others with: run --resume "
                    + folder.path());
        } else if (exit != ExitCode.OK) {
            out.println("The run is incomplete; measure what is missing with: run --resume " + folder.path());
        }
        return exit;
    }

    private static CommandException unusable(Path path, IOException e) {
        return e instanceof RunFolder.UnusableException
                ? CommandException.unavailable(Reasons.of(e), e)
                : CommandException.unavailable(
                        "cannot write into " + path + ": " + Reasons.of(e)
                                + "; all forks before are kept. Make room, or what"
                                + " else it lacks, and go on with: run --resume " + path,
                        e);
    }
}
