package dev.tare.profiles.run;

import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.profiles.run.ForkRunner.MeasuredFork;
import dev.tare.report.unit.Quantity;
import dev.tare.runs.RunJournal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.results.Result;

/**
 * Tells on the terminal what runs now and what came out; one line a fork, so that it reads the same in a pipe.
 */
final class Progress {
    private static final int FEWEST_CONFIGURATIONS = 3;

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
                        : ", contaminated iterations: " + contaminated + " of "
                                + fork.iterations().size()));
    }

    void retried(int attempt, int most) {
        out.printf(Locale.ROOT, "    again, attempt %d of at most %d ... ", attempt, most);
        out.flush();
    }

    void failed(String message) {
        out.println("FAILED");
        message.lines().forEach(line -> out.println("    " + line));
    }

    void interrupted() {
        out.println("interrupted");
    }

    private String left(List<Plan.Fork> left) {
        double seconds = secondsLeft(
                plan.configurations(),
                left.stream().map(Plan.Fork::configuration).toList(),
                configuration -> journal.seconds(configuration.identity()));
        return Plan.inWords(Duration.ofMillis(Math.round(seconds * 1e3)));
    }

    /**
     * What forks that are left will take: as long as the middle one of their configuration took, or, where none was measured,
     * its iterations and what the middle configuration took beyond its own: the start of a JVM and the set-up of a benchmark.
     * The middle, because files are laid out and pages are touched by a first fork, and disturbances are rare; and not before
     * three configurations were measured, because until then the middle one may be such a fork.
     *
     * @param measured how long the forks of a configuration took so far, set-up included
     */
    static double secondsLeft(
            List<PlannedConfiguration> all,
            List<PlannedConfiguration> left,
            Function<PlannedConfiguration, List<Double>> measured) {
        Map<PlannedConfiguration, Double> known = new HashMap<>();
        List<Double> beyondIterations = new ArrayList<>();
        for (PlannedConfiguration configuration : all) {
            List<Double> forks = measured.apply(configuration);
            if (!forks.isEmpty()) {
                known.put(configuration, middle(forks));
                if (!configuration.duration().open()) {
                    beyondIterations.add(middle(forks) - plannedSeconds(configuration));
                }
            }
        }
        double setUpSeconds = beyondIterations.size() < FEWEST_CONFIGURATIONS ? 0 : middle(beyondIterations);
        return left.stream()
                .mapToDouble(configuration ->
                        known.getOrDefault(configuration, Math.max(0, plannedSeconds(configuration) + setUpSeconds)))
                .sum();
    }

    /** Of an even number the smaller of the two in the middle: what makes a fork long is what is rare. */
    private static double middle(List<Double> seconds) {
        return seconds.stream().sorted().toList().get((seconds.size() - 1) / 2);
    }

    private static double plannedSeconds(PlannedConfiguration configuration) {
        return configuration.duration().iterations().toMillis() / 1e3;
    }
}
