package dev.tare.report.unit;

import java.util.Locale;
import java.util.Optional;

/**
 * How the values of one row are shown: four significant digits, in the unit that suits them (0.000000013 s/op becomes
 * 13 ns/op; what is no time stays as it is), always in {@link Locale#ROOT}.
 *
 * @param unit the unit to print
 * @param factor what values of the original unit are multiplied by
 */
public record DisplayUnit(String unit, double factor) {
    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 7;
    private static final double PERCENT = 100;
    /** From here on a percentage is shown in scientific notation. */
    private static final double MOST_PERCENT = 1e6;
    /** So many decimals more are shown where the ends of an interval would read the same. */
    private static final int FINER = 2;

    /**
     * Finds the unit.
     *
     * @param unit the unit of the values
     * @param example a typical value; NaN and infinities change nothing
     */
    public static DisplayUnit of(String unit, double example) {
        String stem = TimeUnits.stem(unit);
        Optional<Double> seconds = TimeUnits.seconds(stem);
        if (seconds.isEmpty() || !Double.isFinite(example) || example == 0) {
            return new DisplayUnit(unit, 1);
        }
        String target = TimeUnits.readable(example * seconds.get());
        double factor = seconds.get() / TimeUnits.seconds(target).orElseThrow();
        return new DisplayUnit(target + unit.substring(stem.length()), factor);
    }

    /** A value of the original unit. */
    public String value(double value) {
        return significant(value * factor);
    }

    /** Half the width of an interval, with as many decimals as the value has; what is less than the last of them is one. */
    public String error(double value, double halfWidth) {
        int decimals = decimals(value * factor);
        double last = Math.pow(10, -decimals);
        boolean hidden = halfWidth > 0 && halfWidth * factor < 0.5 * last;
        return fixed(hidden ? last : halfWidth * factor, decimals);
    }

    /** The value in four significant digits; integers of more digits are printed whole. */
    public static String significant(double value) {
        return fixed(value, decimals(value));
    }

    /** A ratio as a percentage: tenths of a per cent, hundredths below ten, whole ones from a thousand on. */
    public static String percent(double ratio) {
        double percent = ratio * PERCENT;
        return fixed(percent, percentDecimals(percent)) + " %";
    }

    /**
     * Two ratios as the ends of an interval in per cent, {@code [96.8, 97.0]}. Ends that would read the same get more
     * decimals; where these do not tell them apart either, they are rounded outwards, so that no interval looks like a
     * point.
     */
    public static String percentInterval(double low, double high) {
        double lowest = low * PERCENT;
        double highest = high * PERCENT;
        int least = percentDecimals(lowest);
        int most = percentDecimals(highest);
        for (int more = 0; more <= FINER; more++) {
            String from = percent(lowest, least + more);
            String to = percent(highest, most + more);
            if (!from.equals(to)) {
                return "[" + from + ", " + to + "]";
            }
        }
        double step = Math.pow(10, -most);
        return "[" + percent(Math.floor(lowest / step) * step, least) + ", "
                + percent(Math.ceil(highest / step) * step, most) + "]";
    }

    /** A ratio in per cent with the wider side of its interval, rounded up: {@code 97.3 ±0.6}. */
    public static String percentAndError(double ratio, double low, double high) {
        double percent = ratio * PERCENT;
        int decimals = percentDecimals(percent);
        double step = Math.pow(10, -decimals);
        double wider = Math.max(high - ratio, ratio - low) * PERCENT;
        // What is a rounding error above a step is that step.
        double error = Math.max(step, Math.ceil(wider / step - 1e-9) * step);
        return fixed(percent, decimals) + " ±" + fixed(error, decimals);
    }

    /** An end that two forks allow may be beyond all that is worth its digits. */
    private static String percent(double value, int decimals) {
        return Math.abs(value) < MOST_PERCENT ? fixed(value, decimals) : String.format(Locale.ROOT, "%.1e", value);
    }

    private static int percentDecimals(double percent) {
        return percent < 10 ? 2 : percent < 1000 ? 1 : 0;
    }

    /** The value with that many decimals, in scientific notation when nothing would be left of it. */
    private static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        if (value != 0 && Math.abs(value) < 0.5 * Math.pow(10, -decimals)) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** How many decimals show four significant digits of this value: 0 from 1000 on, 3 below 10, at most 7. */
    private static int decimals(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return 0;
        }
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
        return Math.max(0, Math.min(MOST_DECIMALS, SIGNIFICANT - 1 - exponent));
    }
}
