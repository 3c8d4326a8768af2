package dev.tare.profiles.run;

import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlanText;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.report.unit.Quantity;
import dev.tare.runs.RunJournal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;

/**
 * Tells on the terminal what runs now and what came out; one line a fork, so that it reads the same in a pipe.
 */
final class Progress {
    private final PrintStream out;
    private final Plan plan;
    private final int forks;
    private final RunJournal journal;

    Progress(PrintStream out, Plan plan, RunJournal journal) {
        this.out = out;
        this.plan = plan;
        this.forks = plan.forks().size();
        this.journal = journal;
    }

    void started(Plan.Fork fork, List<Plan.Fork> left) {
        int done = forks - left.size();
        out.printf(
                Locale.ROOT,
                "[%d/%d, round %d/%d, %s left] %s ... ",
                done + 1,
                forks,
                fork.round(),
                plan.rounds(),
                left(left),
                fork.configuration().title());
        out.flush();
    }

    void measured(MeasuredFork fork) {
        Map<String, Quantity> counters = new LinkedHashMap<>();
        fork.result()
                .getSecondaryResults()
                .forEach((label, counter) ->
                        counters.put(label, new Quantity(counter.getScore(), counter.getScoreUnit())));
        Result<?> primary = fork.result().getPrimaryResult();
        Quantity score = new Quantity(primary.getScore(), primary.getScoreUnit());
        int contaminated = fork.contaminated();
        out.println(Quantity.primary(score, counters, fork.result().getParams().getThreads())
                + (contaminated == 0
                        ? ""
                        : ", " + contaminated + " of " + fork.iterations().size() + " iterations contaminated"));
    }

    void failed(String message) {
        out.println("FAILED");
        message.lines().forEach(line -> out.println("    " + line));
    }

    void interrupted() {
        out.println("interrupted");
    }

    /**
     * What is left by what forks of the same configuration took; while none is known by its iterations, and by what those
     * that were measured took beyond theirs: the start of a JVM and the set-up of a benchmark.
     */
    private String left(List<Plan.Fork> left) {
        double setUpSeconds = plan.configurations().stream()
                .filter(configuration -> !configuration.duration().open())
                .flatMap(configuration -> journal.meanSeconds(configuration.identity()).stream()
                        .map(seconds -> seconds - plannedSeconds(configuration)))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        double seconds = left.stream()
                .map(Plan.Fork::configuration)
                .mapToDouble(configuration -> journal.meanSeconds(configuration.identity())
                        .orElse(Math.max(0, plannedSeconds(configuration) + setUpSeconds)))
                .sum();
        return PlanText.duration(Duration.ofMillis(Math.round(seconds * 1e3)));
    }

    private static double plannedSeconds(PlannedConfiguration configuration) {
        return configuration.duration().iterations().toMillis() / 1e3;
    }
}
