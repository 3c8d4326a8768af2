package dev.tare.profiles.run;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.profiles.run.ForkRunner.ForkFailedException;
import dev.tare.profiles.run.ForkRunner.MeasuredFork;
import dev.tare.runs.Failure;
import dev.tare.runs.ForkEntry;
import dev.tare.runs.ForkJson;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.RunJournal;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A run: its plan, its folder, and the rounds that fill it. */
public final class RunExecution {
    private final RunFolder folder;
    private final Plan plan;
    private final RunHost host;
    private final RunJournal journal;
    private final Interruption interruption;
    private final PrintStream out;

    /** What measures one fork of a configuration. */
    interface Forks {
        /** Runs it to its end. */
        MeasuredFork run(PlannedConfiguration configuration) throws ForkFailedException;
    }

    RunExecution(
            RunFolder folder, Plan plan, RunHost host, RunJournal journal, Interruption interruption, PrintStream out) {
        this.folder = folder;
        this.plan = plan;
        this.host = host;
        this.journal = journal;
        this.interruption = interruption;
        this.out = out;
    }

    /**
     * Starts a new run and measures its forks.
     *
     * @param host what program, JVM and machine these are
     * @param interruption stays open until the caller has said how the run ended
     * @return OK, INCOMPLETE or INTERRUPTED
     * @throws CommandException when the folder does not take its files
     */
    public static ExitCode start(
            RunFolder folder, Plan plan, RunHeader header, RunHost host, Interruption interruption, PrintStream out) {
        try {
            folder.writeEnvironment(host.environmentJson());
            try (RunJournal journal = RunJournal.create(folder.journal(), header)) {
                return new RunExecution(folder, plan, host, journal, interruption, out).measure();
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Goes on with a run: measures exactly the forks that are missing.
     *
     * @param planner makes the plan again from what the run was asked for
     * @param host what this program, JVM and machine are
     * @throws CommandException when one of them differs from the run's
     */
    public static ExitCode resume(
            RunFolder folder,
            RunHost host,
            Function<RunHeader, Plan> planner,
            Interruption interruption,
            PrintStream out) {
        try (RunJournal journal = RunJournal.resume(folder.journal())) {
            RunHeader header = journal.header();
            List<String> differences = new ArrayList<>(header.fingerprint().differences(host.fingerprint()));
            Plan plan = planner.apply(header);
            if (!header.jvmFlags().equals(host.jvmFlags())) {
                differences.add("JVM flags, which forks inherit: the run has " + header.jvmFlags() + ", here is "
                        + host.jvmFlags());
            }
            if (!plan.planned().equals(header.planned())) {
                differences.add("Plan: the run has " + header.planned() + ", here it would be " + plan.planned());
            }
            if (!differences.isEmpty()) {
                throw CommandException.unavailable("cannot resume " + folder.path()
                        + ": its forks would not be comparable. " + String.join(". ", differences)
                        + ". Resume it where and how it began, or start a new run");
            }
            RunExecution run = new RunExecution(folder, plan, host, journal, interruption, out);
            out.println("resuming " + folder.path() + ": "
                    + (run.plan.forks().size() - run.missing().size()) + " of "
                    + run.plan.forks().size() + " forks are measured already");
            return run.measure();
        } catch (UnreadableRunException e) {
            throw CommandException.unavailable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static CommandException unwritable(RunFolder folder, IOException e) {
        return CommandException.unavailable(
                "cannot write into " + folder.path() + ": " + e.getMessage() + "; what the journal there holds is kept",
                e);
    }

    private List<Plan.Fork> missing() {
        return plan.forks().stream()
                .filter(fork -> !journal.has(fork.configuration().identity(), fork.round()))
                .toList();
    }

    private ExitCode measure() throws IOException {
        try (PrintStream log = folder.openLog()) {
            return measure(new ForkRunner(log, host.facts(), journal.header())::run);
        }
    }

    /** Measures what is missing and writes the results. */
    ExitCode measure(Forks forks) throws IOException {
        Progress progress = new Progress(out, plan, journal);
        List<Plan.Fork> left = new ArrayList<>(missing());
        while (!left.isEmpty() && !interruption.requested()) {
            Plan.Fork fork = left.get(0);
            progress.started(fork, left);
            try {
                measure(fork, forks, progress);
            } catch (ForkFailedException e) {
                if (interruption.requested()) {
                    progress.interrupted();
                    break;
                }
                progress.failed(e.reason());
                journal.append(new Failure(fork.configuration().identity(), fork.round(), e.reason()));
            }
            left.remove(0);
        }
        folder.writeResults(journal.results());
        if (journal.iterations() > 0) {
            out.println((journal.iterations() - journal.contaminated()) + " of " + journal.iterations()
                    + " iterations are clean");
        }
        if (interruption.requested()) {
            return ExitCode.INTERRUPTED;
        }
        return missing().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /**
     * Measures a fork, and again while others disturb it and it may be retried. The journal keeps all attempts, and says
     * which one counts: {@link RunJournal#append}.
     */
    private void measure(Plan.Fork fork, Forks forks, Progress progress) throws ForkFailedException, IOException {
        for (int attempt = 1; attempt <= 1 + journal.header().retries(); attempt++) {
            if (attempt > 1) {
                progress.retried(attempt, 1 + journal.header().retries());
            }
            MeasuredFork measured = forks.run(fork.configuration());
            journal.append(new ForkEntry(
                    fork.configuration().identity(),
                    fork.round(),
                    attempt,
                    measured.started().toString(),
                    measured.duration().toMillis() / 1e3,
                    measured.facts(),
                    measured.iterations(),
                    ForkJson.of(measured.result())));
            progress.measured(measured);
            if (measured.contaminated() == 0 || interruption.requested()) {
                return;
            }
        }
    }
}
