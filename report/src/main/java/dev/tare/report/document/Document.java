package dev.tare.report.document;

import java.util.List;

/**
 * What a report says, before it has a form. All forms write all sections in the same order, so that a new section appears
 * in each of them.
 *
 * @param title its heading
 * @param explanation how to read its numbers
 * @param sections its parts, none of them empty
 */
public record Document(String title, String explanation, List<Section> sections) {
    /** What the file is called that a page links beside it. */
    public static final String STYLE_SHEET_NAME = "report.css";

    /** Keeps a copy. */
    public Document {
        sections = List.copyOf(sections);
    }

    /** Plain text for a terminal, as short as it is useful; lines end with a newline and mostly fit 120 columns. */
    public String text() {
        return text(false, false);
    }

    /**
     * The same with more.
     *
     * @param details whether secondary metrics get lines, too
     * @param facts whether sections that are not wanted at a glance do, such as facts
     */
    public String text(boolean details, boolean facts) {
        return new TextRenderer(details, facts).render(this);
    }

    /** Markdown with tables as GitHub and GitLab render them. */
    public String markdown() {
        return new MarkdownRenderer().render(this);
    }

    /**
     * One HTML page with drawings, without scripts and requests; it links {@link #styleSheet()} beside it, for where the
     * style inside is not admitted.
     *
     * @param withTables whether a table stands under every drawing
     */
    public String html(boolean withTables) {
        return new HtmlRenderer(withTables).render(this);
    }

    /** The style of all pages, to be written as {@link #STYLE_SHEET_NAME} beside them. */
    public static String styleSheet() {
        return StyleSheet.text();
    }

    /** Whether a text is a style sheet that {@link #styleSheet()} gave, of this version or another. */
    public static boolean isStyleSheet(String text) {
        return text.startsWith(StyleSheet.FIRST_LINE);
    }

    /**
     * CSV after RFC 4180 with all digits, lines ended with CR LF: one line for each metric of each configuration in each
     * run, and one for each sentence and property. What has no value is empty; NaN is none.
     */
    public String csv() {
        return new CsvRenderer().render(this);
    }

    /**
     * JSON with all sections and all digits, as docs/report.schema.json describes it: what has no value is {@code null}, as
     * are NaN and infinities, which JSON lacks.
     */
    public String json() {
        return new JsonRenderer().render(this);
    }
}
