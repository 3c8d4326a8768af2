package dev.tare.report.document;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.LossVerdict;
import dev.tare.report.unit.DisplayUnit;
import java.util.List;
import java.util.Optional;

/**
 * A value of a figure: the number that is drawn and the words that stand in the table, so that both are the same.
 *
 * @param number the number in its column's unit, percentages as 100; NaN where there is none
 * @param interval its confidence interval in the same unit
 * @param text the number as people read it, without interval; words where there is no number; empty for nothing
 * @param intervalText the interval as people read it; empty without one
 * @param parts what the number is a mean of, in the same unit; mostly empty
 * @param evidence whether it proves a difference; a heat map colours only what does, and the words say what does not
 */
public record Value(
        double number,
        Optional<Interval> interval,
        String text,
        String intervalText,
        List<Double> parts,
        boolean evidence) {
    private static final double PERCENT = 100;

    /** Keeps a copy of the parts. */
    public Value {
        parts = List.copyOf(parts);
    }

    /** A value of which nobody asked whether it proves anything. */
    public Value(double number, Optional<Interval> interval, String text, String intervalText, List<Double> parts) {
        this(number, interval, text, intervalText, parts, true);
    }

    /** Words, or nothing where they are empty. */
    public static Value words(String words) {
        return new Value(Double.NaN, Optional.empty(), words, "", List.of());
    }

    /** A number whose digits are decided already. */
    public static Value number(double number, String text) {
        return new Value(number, Optional.empty(), text, "", List.of());
    }

    /** A number with its interval, in the unit in which people read it. */
    public static Value of(double number, Optional<Interval> interval, DisplayUnit unit) {
        double factor = unit.factor();
        return new Value(
                number * factor,
                interval.map(ends -> new Interval(ends.low() * factor, ends.high() * factor)),
                unit.value(number),
                interval.map(ends -> "[" + unit.value(ends.low()) + ", " + unit.value(ends.high()) + "]")
                        .orElse(""),
                List.of());
    }

    /** A ratio in per cent. */
    public static Value percent(double ratio, Optional<Interval> interval) {
        return new Value(
                ratio * PERCENT,
                interval.map(ends -> new Interval(ends.low() * PERCENT, ends.high() * PERCENT)),
                DisplayUnit.percent(ratio),
                interval.map(ends -> DisplayUnit.percentInterval(ends.low(), ends.high()))
                        .orElse(""),
                List.of());
    }

    /** An efficiency in per cent; nothing where there is none. */
    public static Value of(Optional<Efficiency> efficiency) {
        return efficiency.map(some -> percent(some.ratio(), some.interval())).orElse(words(""));
    }

    /** An efficiency in per cent, as evidence where its verdict is. */
    public static Value of(Efficiency efficiency, LossVerdict verdict) {
        Value value = percent(efficiency.ratio(), efficiency.interval());
        return verdict.isEvidence() ? value : value.withoutEvidence();
    }

    /** The same with what it is a mean of. */
    public Value of(List<Double> some) {
        return new Value(number, interval, text, intervalText, some, evidence);
    }

    /** The same as no evidence. */
    public Value withoutEvidence() {
        return new Value(number, interval, text, intervalText, parts, false);
    }

    /** Whether it can be drawn. */
    public boolean isNumber() {
        return Double.isFinite(number);
    }
}
