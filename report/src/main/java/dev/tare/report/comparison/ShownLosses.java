package dev.tare.report.comparison;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.LossVerdict;
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

    private List<Kept> those(LossVerdict shown) {
        return kept.stream()
                .filter(one -> LossVerdict.of(one.efficiency(), noise) == shown)
                .toList();
    }

    /** Such as {@code loss shown in 3 of 5 configurations; largest: File.randomWrite, keeps 62.4 % [53.2, 73.2]}. */
    String sentence() {
        if (kept.isEmpty()) {
            return "nothing to compare";
        }
        List<Kept> losses = those(LossVerdict.LOSS);
        if (!losses.isEmpty()) {
            return "loss shown in " + losses.size() + " of " + Counted.of(kept.size(), "configuration") + "; largest: "
                    + named(lowest(losses));
        }
        if (those(LossVerdict.ONE_VALUE).size() == kept.size()) {
            return "no intervals, so no verdict; lowest: " + named(lowest(kept));
        }
        return "no loss shown in "
                + (kept.size() == 1 ? "the one configuration" : "any of " + kept.size() + " configurations");
    }

    /** How many show what. */
    String counts() {
        List<String> counts = new ArrayList<>();
        add(counts, those(LossVerdict.LOSS).size(), "loss shown");
        add(counts, those(LossVerdict.NOT_SHOWN).size(), "no loss shown");
        add(counts, those(LossVerdict.WITHIN_NOISE).size(), "not shown, within the noise floor");
        add(counts, those(LossVerdict.MORE).size(), "more than the reference");
        add(counts, those(LossVerdict.ONE_VALUE).size(), "without an interval");
        return String.join(", ", counts);
    }

    /** How many show what, and the largest loss. */
    String details() {
        List<Kept> losses = those(LossVerdict.LOSS);
        return counts() + (losses.isEmpty() ? "" : "; largest: " + named(lowest(losses)));
    }

    private static void add(List<String> counts, int number, String what) {
        if (number > 0) {
            counts.add(number + " " + what);
        }
    }

    private static Kept lowest(List<Kept> some) {
        return some.stream()
                .min(Comparator.comparingDouble(one -> one.efficiency().ratio()))
                .orElseThrow();
    }

    private static String named(Kept one) {
        return one.name() + ", keeps " + one.efficiency().inWords();
    }
}
