package dev.tare.report.document;

import dev.tare.report.chart.Ink;
import dev.tare.report.chart.Paint;
import dev.tare.report.chart.Tone;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The style of a page: the colours of drawings and of what is around them, for light and dark paper, then all the rest. */
final class StyleSheet {
    /** By this line a file is known to be ours. */
    static final String FIRST_LINE = "/* Of a page that Tare wrote. */";

    /** Colours of the page that no drawing has: light, dark. */
    private static final Map<String, List<String>> OF_THE_PAGE = new TreeMap<>(Map.of(
            "link", List.of("#0b5a9c", "#7cbcf2"),
            "badbg", List.of("#fdeae4", "#3a1c12"),
            "badln", List.of("#b3360b", "#ff8a5c"),
            "mark", List.of("#fff6d6", "#3b3413")));

    private StyleSheet() {}

    /** The whole sheet. */
    static String text() {
        String light = variables(Paint::light, 0);
        return FIRST_LINE + "\n:root{color-scheme:light dark;" + light + "}\n@media (prefers-color-scheme:dark){:root{"
                + variables(Paint::dark, 1) + "}}\n@media print{:root{color-scheme:light;" + light + "}}\n" + classes()
                + resource();
    }

    private static Stream<Paint> paints() {
        return Stream.concat(Stream.of(Tone.values()), Stream.of(Ink.values()));
    }

    private static String variables(Function<Paint, String> value, int place) {
        return paints().map(paint -> "--" + paint.word() + ":" + value.apply(paint) + ";")
                        .collect(Collectors.joining())
                + OF_THE_PAGE.entrySet().stream()
                        .map(colour ->
                                "--" + colour.getKey() + ":" + colour.getValue().get(place) + ";")
                        .collect(Collectors.joining());
    }

    /** What drawings call their colours. */
    private static String classes() {
        return paints().map(paint -> "svg .f-" + paint.word() + "{fill:var(--" + paint.word() + ")}svg .s-"
                        + paint.word() + "{stroke:var(--" + paint.word() + ")}")
                .collect(Collectors.joining("", "", "\n"));
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(
                StyleSheet.class.getResourceAsStream("page.css"), "page.css is missing beside StyleSheet")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read page.css beside StyleSheet", e);
        }
    }
}
