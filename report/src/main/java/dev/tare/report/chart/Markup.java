package dev.tare.report.chart;

/** Text inside HTML and SVG. */
public final class Markup {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final char REPLACEMENT = '\uFFFD';

    private Markup() {}

    /**
     * Text as content or as an attribute in double quotes: names come from files and must not break the page. What no
     * document may contain (control characters, halves of surrogate pairs) becomes U+FFFD, a line's end a blank.
     */
    public static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\n', '\r', '\t' -> safe.append(' ');
                default -> {
                    boolean isText = c >= FIRST_PRINTABLE
                            && !(c >= 0x7F && c < 0xA0)
                            && !(c >= 0xD800 && c < 0xE000)
                            && (c & 0xFFFE) != 0xFFFE;
                    safe.appendCodePoint(isText ? c : REPLACEMENT);
                }
            }
        });
        return safe.toString();
    }
}
