package dev.tare.report.document;

import dev.tare.report.chart.Markup;
import java.util.regex.Pattern;

/** Words and numbers as a page has them. */
final class PageText {
    private static final String NARROW_SPACE = "\u202F";
    /** Whole digits of a number of at least five, not its decimals. */
    private static final Pattern THOUSANDS = Pattern.compile("(?<![\\d.])(?=\\d{5})\\d+");

    private static final Pattern GROUPS = Pattern.compile("(?<=\\d)(?=(\\d{3})+$)");

    private PageText() {}

    /** Words; a number stays with its per cent sign. */
    static String escaped(String words) {
        return Markup.escaped(percent(words));
    }

    private static String percent(String words) {
        return words.replace(" %", NARROW_SPACE + "%");
    }

    /** A value with its interval, in the words of a table's cells. */
    static String of(Value value) {
        return value.intervalText().isEmpty() ? number(value) : number(value) + " " + interval(value);
    }

    /** A value alone. */
    static String number(Value value) {
        return value.isNumber() ? grouped(percent(value.text())) : percent(value.text());
    }

    static String interval(Value value) {
        return grouped(percent(value.intervalText()));
    }

    /** Groups of three digits from 10 000 on. */
    static String grouped(String number) {
        return THOUSANDS
                .matcher(number)
                .replaceAll(digits -> GROUPS.matcher(digits.group()).replaceAll(NARROW_SPACE));
    }
}
