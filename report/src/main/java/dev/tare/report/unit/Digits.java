package dev.tare.report.unit;

import java.util.Locale;

/** Numbers for people: four significant digits, always in {@link Locale#ROOT}. */
public final class Digits {
    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 7;

    private Digits() {}

    /** The value in four significant digits; integers of more digits are printed whole. */
    public static String significant(double value) {
        return fixed(value, decimals(value));
    }

    /**
     * The value with that many decimals, in scientific notation when nothing would be left of it.
     *
     * @param decimals 0 or more, as {@link #decimals} gives it
     */
    public static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        if (value != 0 && Math.abs(value) < 0.5 * Math.pow(10, -decimals)) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** How many decimals show four significant digits of this value: 0 from 1000 on, 3 below 10, at most 7. */
    public static int decimals(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return 0;
        }
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
        return Math.max(0, Math.min(MOST_DECIMALS, SIGNIFICANT - 1 - exponent));
    }
}
