package dev.tare.profiles.run;

import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.profiles.run.ForkRunner.ForkFailedException;
import dev.tare.profiles.run.ForkRunner.MeasuredFork;
import dev.tare.runs.Failure;
import dev.tare.runs.ForkEntry;
import dev.tare.runs.ForkJson;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunJournal;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** The rounds of a run, which fill its folder. */
final class RunExecution {
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

    /** The forks of the plan that the journal lacks. */
    List<Plan.Fork> missing() {
        return plan.forks().stream()
                .filter(fork -> !journal.has(fork.configuration().identity(), fork.round()))
                .toList();
    }

    /**
     * Measures what is missing, round by round, and writes the results.
     *
     * @return OK, INCOMPLETE or INTERRUPTED
     */
    ExitCode measure() throws IOException {
        letTheJvmWarn();
        try (PrintStream log = folder.openLog()) {
            return measure(new ForkRunner(log, host.facts(), journal.header())::run);
        }
    }

    /** Newer JVMs warn, once and on standard error, of how this class of JMH is initialized: not in a line of progress. */
    private static void letTheJvmWarn() {
        try {
            Class.forName(Blackhole.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JMH's blackhole is in this program", e);
        }
    }

    /** The same with forks of another kind. */
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
            out.println("clean iterations: " + (journal.iterations() - journal.contaminated()) + " of "
                    + journal.iterations());
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
                    measured.histograms(),
                    ForkJson.of(measured.result())));
            progress.measured(measured);
            if (measured.contaminated() == 0 || interruption.requested()) {
                return;
            }
        }
    }
}
