package dev.tare.report.efficiency;

import dev.tare.report.unit.DisplayUnit;
import java.util.Optional;

/** What may be said of what is kept of a reference, by one rule for runs, components and campaigns. */
public enum LossVerdict {
    /** The interval lies below the reference. */
    LOSS("loss shown"),
    /** The interval contains the reference. That is not the same as no loss. */
    NOT_SHOWN("no loss shown"),
    /** Two that are alike differ as much, whatever the interval says. */
    WITHIN_NOISE("not shown, within the noise floor (A/A)"),
    /** The interval lies above the reference. */
    MORE("more than the reference: look for a cache"),
    /** There is no interval. */
    ONE_VALUE("one value, no verdict");

    private final String words;

    LossVerdict(String words) {
        this.words = words;
    }

    /**
     * Decides: first by the noise, for an interval knows the forks or rounds of one run only, then by the interval.
     *
     * @param noise what lies within it may be chance, as ratios around 1; empty when nobody knows
     */
    public static LossVerdict of(Efficiency kept, Optional<Interval> noise) {
        if (noise.filter(band -> band.contains(kept.ratio())).isPresent()) {
            return WITHIN_NOISE;
        }
        return kept.interval()
                .map(ends -> ends.high() < 1 ? LOSS : ends.low() > 1 ? MORE : NOT_SHOWN)
                .orElse(ONE_VALUE);
    }

    /** Whether it is evidence of a difference; only that is coloured. */
    public boolean isEvidence() {
        return this == LOSS || this == MORE;
    }

    /** The words alone. */
    public String words() {
        return words;
    }

    /** The words with what may still be lost where the interval does not exclude a loss. */
    public String words(Efficiency kept) {
        double low = kept.interval().map(Interval::low).orElse(1.0);
        return this == NOT_SHOWN && low < 1
                ? words + "; up to " + DisplayUnit.percent(1 - low) + " may be lost"
                : words;
    }
}
