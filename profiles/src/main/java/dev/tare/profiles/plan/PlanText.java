package dev.tare.profiles.plan;

import java.time.Duration;
import java.util.Locale;

/** A plan in words. */
public final class PlanText {
    private PlanText() {}

    /** The estimate in a line: how many forks, how long. */
    public static String summary(Plan plan) {
        String more = plan.openEnded()
                ? "; single shots come on top and end with their work, and so does what benchmarks prepare"
                : ", plus what benchmarks prepare (files, arrays, peers)";
        return String.format(
                Locale.ROOT,
                "%d configurations, %d rounds, %d forks: about %s of iterations and JVM starts%s",
                plan.configurations().size(),
                plan.rounds(),
                plan.forks().size(),
                duration(plan.duration()),
                more);
    }

    /** One line for every configuration. */
    public static String table(Plan plan) {
        StringBuilder table = new StringBuilder();
        for (PlannedConfiguration configuration : plan.configurations()) {
            table.append(String.format(
                    Locale.ROOT,
                    "  %d x %7s  %s%n",
                    configuration.forks(),
                    configuration.duration().open()
                            ? "?"
                            : duration(configuration.duration().iterations()),
                    configuration.title()));
        }
        return table.toString();
    }

    /** A duration as people write it: {@code 45 s}, {@code 2:05 min}, {@code 1:02:30 h}. */
    public static String duration(Duration duration) {
        long s = duration.plusMillis(500).toSeconds();
        if (s < 100) {
            return s + " s";
        }
        if (s < 3600) {
            return String.format(Locale.ROOT, "%d:%02d min", s / 60, s % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d:%02d h", s / 3600, s / 60 % 60, s % 60);
    }
}
