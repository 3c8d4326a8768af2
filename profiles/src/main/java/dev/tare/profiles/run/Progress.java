package dev.tare.profiles.run;

import dev.tare.profiles.plan.Configuration;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlanText;
import dev.tare.report.unit.Quantity;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
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
    private final Results results;

    Progress(PrintStream out, Plan plan, Results results) {
        this.out = out;
        this.plan = plan;
        this.forks = plan.forks().size();
        this.results = results;
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
        out.println(Quantity.primary(score, counters, fork.result().getParams().getThreads()));
    }

    void failed(String message) {
        out.println("FAILED");
        message.lines().forEach(line -> out.println("    " + line));
    }

    void interrupted() {
        out.println("interrupted");
    }

    /** What is left by what forks of the same configuration took, or by their iterations while none is known. */
    private String left(List<Plan.Fork> left) {
        return PlanText.duration(
                left.stream().map(fork -> duration(fork.configuration())).reduce(Duration.ZERO, Duration::plus));
    }

    private Duration duration(Configuration configuration) {
        Collection<MeasuredFork> measured = results.of(configuration).values();
        if (measured.isEmpty()) {
            return configuration.duration().iterations();
        }
        return measured.stream()
                .map(MeasuredFork::duration)
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(measured.size());
    }
}
