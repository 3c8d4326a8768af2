package dev.tare.report.unit;

import java.util.Optional;

/**
 * The unit in which a value is best shown: 0.000000013 s/op becomes 13 ns/op; what is no time stays as it is.
 *
 * @param unit the unit to print
 * @param factor what values of the original unit are multiplied by
 */
public record ReadableUnit(String unit, double factor) {
    /**
     * Finds the unit.
     *
     * @param unit the unit of the values
     * @param example a typical value; NaN and infinities change nothing
     */
    public static ReadableUnit of(String unit, double example) {
        String stem = TimeUnits.stem(unit);
        Optional<Double> seconds = TimeUnits.seconds(stem);
        if (seconds.isEmpty() || !Double.isFinite(example) || example == 0) {
            return new ReadableUnit(unit, 1);
        }
        String target = TimeUnits.readable(example * seconds.get());
        double factor = seconds.get() / TimeUnits.seconds(target).orElseThrow();
        return new ReadableUnit(target + unit.substring(stem.length()), factor);
    }
}
