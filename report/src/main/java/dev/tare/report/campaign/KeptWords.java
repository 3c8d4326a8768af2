package dev.tare.report.campaign;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.unit.DisplayUnit;
import java.util.Optional;
import java.util.OptionalDouble;

/** What may be said of what a host keeps, by rule. */
enum KeptWords {
    /** The interval lies below the reference, and the difference is above the noise floor. */
    LOSS("loss shown"),
    /** The interval contains the reference. That is not the same as no loss. */
    NOT_SHOWN("no loss shown"),
    /** Two that are alike differ as much. */
    NOISE("not shown, within the noise floor (A/A)"),
    /** The interval lies above the reference. */
    MORE("more than the reference: look for a cache"),
    /** There is no interval. */
    ONE_VALUE("one round, no verdict");

    private final String words;

    KeptWords(String words) {
        this.words = words;
    }

    /**
     * Decides.
     *
     * @param kept what is kept of the reference
     * @param noiseFloor the absolute logarithm of a ratio that may be chance; empty when nobody knows
     */
    static KeptWords of(Efficiency kept, OptionalDouble noiseFloor) {
        Optional<Interval> interval = kept.interval();
        if (interval.isEmpty()) {
            return ONE_VALUE;
        }
        if (interval.get().contains(1)) {
            return NOT_SHOWN;
        }
        if (noiseFloor.isPresent() && Math.abs(Math.log(kept.ratio())) <= noiseFloor.getAsDouble()) {
            return NOISE;
        }
        return kept.ratio() < 1 ? LOSS : MORE;
    }

    /** The words alone. */
    String words() {
        return words;
    }

    /** Such as {@code loss shown: 79.3 % [66.8, 94.2]}. */
    String sentence(Efficiency kept) {
        double low = kept.interval().map(Interval::low).orElse(1.0);
        String most = this == NOT_SHOWN && low < 1 ? "; up to " + DisplayUnit.percent(1 - low) + " may be lost" : "";
        return words + ": " + percent(kept) + most;
    }

    /** A ratio in per cent with its interval, if it has one. */
    static String percent(Efficiency kept) {
        return DisplayUnit.percent(kept.ratio())
                + kept.interval()
                        .map(ends -> " " + DisplayUnit.percentInterval(ends.low(), ends.high()))
                        .orElse("");
    }
}
