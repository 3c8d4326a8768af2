package dev.tare.report.comparison;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the efficiencies of some configurations say, in words that follow from their intervals by rule: a loss is shown, or
 * it is not shown, which is never the same as none.
 *
 * @param kept the name of each configuration with its efficiency
 * @param noise what lies within it is not shown, whatever its interval says; empty where that is not known
 */
record ShownLosses(List<Kept> kept, Optional<Interval> noise) {
    /** Keeps a copy. */
    ShownLosses {
        kept = List.copyOf(kept);
    }

    /** What one configuration keeps. */
    record Kept(String name, Efficiency efficiency) {}

    /** What can be said of one efficiency. */
    enum Shown {
        LOSS,
        NO_LOSS,
        MORE,
        WITHIN_NOISE,
        NO_INTERVAL
    }

    /** By the interval, and first of all by the noise. */
    static Shown of(Efficiency efficiency, Optional<Interval> noise) {
        if (noise.filter(band -> band.contains(efficiency.ratio())).isPresent()) {
            return Shown.WITHIN_NOISE;
        }
        return efficiency
                .interval()
                .map(ends -> ends.high() < 1 ? Shown.LOSS : ends.low() > 1 ? Shown.MORE : Shown.NO_LOSS)
                .orElse(Shown.NO_INTERVAL);
    }

    private List<Kept> those(Shown shown) {
        return kept.stream().filter(one -> of(one.efficiency(), noise) == shown).toList();
    }

    /** Such as {@code loss shown in 3 of 5 configurations; largest: File.randomWrite, keeps 62.4 % [53.2, 73.2]}. */
    String sentence() {
        if (kept.isEmpty()) {
            return "nothing to compare";
        }
        List<Kept> losses = those(Shown.LOSS);
        if (!losses.isEmpty()) {
            return "loss shown in " + losses.size() + " of " + Counted.of(kept.size(), "configuration") + "; largest: "
                    + named(lowest(losses));
        }
        if (those(Shown.NO_INTERVAL).size() == kept.size()) {
            return "no intervals, so no verdict; lowest: " + named(lowest(kept));
        }
        return "no loss shown in "
                + (kept.size() == 1 ? "the one configuration" : "any of " + kept.size() + " configurations");
    }

    /** How many show what. */
    String counts() {
        List<String> counts = new ArrayList<>();
        add(counts, those(Shown.LOSS).size(), "loss shown");
        add(counts, those(Shown.NO_LOSS).size(), "no loss shown");
        add(counts, those(Shown.WITHIN_NOISE).size(), "not shown (within the noise)");
        add(counts, those(Shown.MORE).size(), "more than native");
        add(counts, those(Shown.NO_INTERVAL).size(), "cannot tell (no interval)");
        return String.join(", ", counts);
    }

    /** How many show what, and the largest loss. */
    String details() {
        List<Kept> losses = those(Shown.LOSS);
        return counts() + (losses.isEmpty() ? "" : "; largest: " + named(lowest(losses)));
    }

    private static void add(List<String> counts, int number, String what) {
        if (number > 0) {
            counts.add(number + " " + what);
        }
    }

    /** The verdict on their mean. */
    static String verdict(Efficiency mean, Optional<Interval> noise) {
        double mayBeLost = mean.interval().map(ends -> 1 - ends.low()).orElse(0.0);
        return switch (of(mean, noise)) {
            case LOSS -> "loss shown";
            case NO_LOSS -> "no loss shown; up to " + DisplayUnit.percent(Math.max(0, mayBeLost)) + " may be lost";
            case MORE -> "more than native: look for a cache";
            case WITHIN_NOISE -> "not shown: two native runs differ as much";
            case NO_INTERVAL -> "one value, no verdict";
        };
    }

    private static Kept lowest(List<Kept> some) {
        return some.stream()
                .min(Comparator.comparingDouble(one -> one.efficiency().ratio()))
                .orElseThrow();
    }

    private static String named(Kept one) {
        return one.name() + ", keeps " + DisplayUnit.percent(one.efficiency().ratio())
                + one.efficiency()
                        .interval()
                        .map(ends -> " " + DisplayUnit.percentInterval(ends.low(), ends.high()))
                        .orElse("");
    }
}
