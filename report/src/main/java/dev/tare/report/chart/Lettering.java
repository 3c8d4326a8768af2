package dev.tare.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text fit without measuring it, for what measures it is the reader's font: each character is taken to be as wide as
 * it is in DejaVu Sans, which is wider than other system fonts. What does not fit is broken, and the rest left out with an
 * ellipsis; the whole stands in the title of the mark and in the table.
 */
public final class Lettering {
    private static final String NARROW = " .,:;'|!ijltfrI()[]/\\-\u202F\u2009";
    private static final String WIDE = "mwMWGOQ%@&\u2026\u2014";
    private static final double NARROW_EM = 0.4;
    private static final double USUAL_EM = 0.62;
    private static final double CAPITAL_EM = 0.73;
    private static final double WIDE_EM = 1;
    /**
     * Where a name that has no blank may be broken as people would: behind its signs and before its capitals, not within a number
     * such as p99.9 or a unit such as KiB.
     */
    private static final Pattern PARTS =
            Pattern.compile("(?<=[=/_:-])|(?<=[.,])(?!\\d)|(?<=\\p{Ll})(?=\\p{Lu}\\p{Ll})");

    private static final int FIRST_OF_EAST_ASIA = 0x1100;
    private static final int FIRST_UNUSUAL = 0x250;
    private static final double UNUSUAL_EM = 0.8;
    private static final String ELLIPSIS = "\u2026";

    private Lettering() {}

    /**
     * An upper bound of a text's width.
     *
     * @param size of its type, in the unit of the width
     */
    public static double width(String text, double size) {
        return text.codePoints().mapToDouble(Lettering::ems).sum() * size;
    }

    private static double ems(int c) {
        if (Character.getType(c) == Character.NON_SPACING_MARK) {
            return 0;
        }
        if (c >= FIRST_OF_EAST_ASIA && !(c >= 0x1E00 && c < 0x2300)) {
            return WIDE_EM;
        }
        if (NARROW.indexOf(c) >= 0) {
            return NARROW_EM;
        }
        if (WIDE.indexOf(c) >= 0) {
            return WIDE_EM;
        }
        if (c >= FIRST_UNUSUAL) {
            return UNUSUAL_EM;
        }
        return Character.isUpperCase(c) ? CAPITAL_EM : USUAL_EM;
    }

    /**
     * A name's parts between which it may be broken, and where one of them is too wide, wherever it must be.
     *
     * @param mostEm the width of each, in the size of its type
     */
    public static List<String> parts(String name, double mostEm) {
        List<String> parts = new ArrayList<>();
        for (String part : PARTS.splitAsStream(name).toList()) {
            for (String rest = part; !rest.isEmpty(); ) {
                int end = fitting(rest, 1, mostEm);
                parts.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
        }
        return parts;
    }

    /**
     * A text in lines.
     *
     * @param most the width of each in pixels
     * @param lines at most so many
     */
    static List<String> wrapped(String text, double size, double most, int lines) {
        List<String> done = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty() && done.size() < lines - 1 && width(rest, size) > most) {
            int cut = breakOf(rest, size, most);
            done.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        if (!rest.isEmpty()) {
            done.add(shortened(rest, size, most));
        }
        return done;
    }

    /** Behind the last place at which it may be broken, or wherever it must. */
    private static int breakOf(String text, double size, double most) {
        int fitting = fitting(text, size, most);
        int blank = text.lastIndexOf(' ', fitting);
        if (blank > fitting / 4) {
            return blank;
        }
        int cut = 0;
        for (Matcher part = PARTS.matcher(text); part.find() && part.start() <= fitting; ) {
            cut = part.start();
        }
        return cut > fitting / 3 ? cut : blank > 0 ? blank : fitting;
    }

    /** How many characters fit, never half of a pair, at least one. */
    private static int fitting(String text, double size, double most) {
        int end = 0;
        double width = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            width += ems(c) * size;
            if (width > most && end > 0) {
                return end;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /** On one line. */
    static String shortened(String text, double size, double most) {
        if (width(text, size) <= most) {
            return text;
        }
        return text.substring(0, fitting(text, size, most - WIDE_EM * size)).strip() + ELLIPSIS;
    }
}
