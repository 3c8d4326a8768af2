package dev.tare.report.document;

import dev.tare.report.chart.Lettering;
import dev.tare.report.chart.Markup;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * Words that a narrow cell of paper may break between the parts of a name, elsewhere only where a part is too long by
     * itself. What is short stays whole, and the style sheet breaks between words before it breaks within one, which is what
     * the element is for.
     *
     * @param mostEm how wide a part may be, in the size of its type
     */
    static String breakable(String words, double mostEm) {
        return Stream.of(percent(words).split(" ", -1))
                .map(word -> Lettering.width(word, 1) <= mostEm
                        ? Markup.escaped(word)
                        : Lettering.parts(word, mostEm).stream()
                                .map(Markup::escaped)
                                .collect(Collectors.joining("<wbr>", "<bdi>", "</bdi>")))
                .collect(Collectors.joining(" "));
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
        return interval(value.intervalText());
    }

    /** Its two ends stay on one line. */
    static String interval(String interval) {
        return grouped(percent(interval)).replace(", ", ",\u00A0");
    }

    /** Groups of three digits from 10 000 on. */
    static String grouped(String number) {
        return THOUSANDS
                .matcher(number)
                .replaceAll(digits -> GROUPS.matcher(digits.group()).replaceAll(NARROW_SPACE));
    }
}
