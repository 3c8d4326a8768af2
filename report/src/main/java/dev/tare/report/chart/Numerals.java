package dev.tare.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as they stand in drawings: the same in every locale. */
final class Numerals {
    /** Narrow and never broken. */
    private static final char THOUSANDS = '\u202F';

    private static final int LABEL_DIGITS = 3;
    private static final BigDecimal MOST_PLAIN = new BigDecimal("1e7");
    private static final BigDecimal LEAST_PLAIN = new BigDecimal("1e-4");
    private static final int FIRST_SEPARATED = 5;

    private Numerals() {}

    /** A coordinate in tenths of a pixel, as short as it can be. */
    static String pixels(double place) {
        long tenths = Math.round(place * 10);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    /** A round number beside an axis. */
    static String axis(BigDecimal value) {
        BigDecimal size = value.abs();
        if (value.signum() == 0) {
            return "0";
        }
        if (size.compareTo(MOST_PLAIN) >= 0 || size.compareTo(LEAST_PLAIN) < 0) {
            BigDecimal bare = value.stripTrailingZeros();
            int exponent = bare.precision() - bare.scale() - 1;
            return bare.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
        }
        return separated(value.stripTrailingZeros().toPlainString());
    }

    /** A number over a bar, in three digits; whole ones are printed whole. */
    static String label(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(LABEL_DIGITS, RoundingMode.HALF_UP));
        if (rounded.abs().compareTo(MOST_PLAIN) >= 0 || rounded.abs().compareTo(LEAST_PLAIN) < 0) {
            return axis(rounded);
        }
        int decimals = Math.max(0, rounded.scale());
        return separated(String.format(Locale.ROOT, "%." + decimals + "f", rounded));
    }

    /** Groups of three digits from 10 000 on. */
    private static String separated(String plain) {
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        int start = plain.startsWith("-") ? 1 : 0;
        if (end - start < FIRST_SEPARATED) {
            return plain;
        }
        StringBuilder grouped = new StringBuilder(plain);
        for (int place = end - 3; place > start; place -= 3) {
            grouped.insert(place, THOUSANDS);
        }
        return grouped.toString();
    }
}
