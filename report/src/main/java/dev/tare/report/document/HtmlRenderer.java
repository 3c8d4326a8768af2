package dev.tare.report.document;

import dev.tare.report.chart.Caption;
import dev.tare.report.chart.Plot;
import dev.tare.report.chart.Width;
import dev.tare.report.document.HtmlTable.Cell;
import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.document.Section.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A document as one page without scripts and requests. Its style stands in it and in a sibling that it links: strict
 * policies for content admit only the sibling, and mail only what is inside.
 */
final class HtmlRenderer implements Section.Form {
    private static final String SUMMARY = "summary";
    private static final String VERDICT = "Verdict";
    /** Where sections stand that are no figures; others have chapters of their own. */
    private static final Map<String, String> CHAPTERS = Map.of(
            SUMMARY,
            VERDICT,
            "share-of-peak",
            "All configurations",
            "not-compared",
            "All configurations",
            "parameters",
            "All configurations");

    private static final String RESULTS = "All configurations";
    /** What stands against the whole document, and what a reader should know before acting on it. */
    private static final List<String> WARNINGS = List.of("warning", "caution");

    private static final String COMMAND = "command";
    private static final int MOST_IN_ALERT = 3;

    private final boolean withTables;
    private final Map<String, StringBuilder> chapters = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private String lead = "";
    private int figures;

    /**
     * @param withTables whether a table stands under every drawing
     */
    HtmlRenderer(boolean withTables) {
        this.withTables = withTables;
    }

    String render(Document document) {
        // Drawings decide the order of the chapters, and stand above the words and tables of theirs.
        Map<Boolean, List<Section>> byDrawing =
                document.sections().stream().collect(Collectors.partitioningBy(Section.Figure.class::isInstance));
        if (document.sections().stream().anyMatch(HtmlRenderer::isVerdict)) {
            // It stands first, also where it has nothing to draw.
            chapter(VERDICT);
        }
        byDrawing.getOrDefault(true, List.of()).forEach(section -> section.writeTo(this));
        byDrawing.getOrDefault(false, List.of()).forEach(section -> section.writeTo(this));
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        page.append(PageText.escaped(document.title()))
                .append("</title><style>\n")
                .append(StyleSheet.text());
        page.append("</style><link rel=\"stylesheet\" href=\"")
                .append(Document.STYLE_SHEET_NAME)
                .append("\">");
        page.append("</head><body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a><div class=\"page\">");
        page.append("<header><p class=\"eyebrow\">Tare report</p><h1>").append(PageText.escaped(document.title()));
        page.append("</h1><p class=\"meta\">")
                .append(PageText.escaped(document.explanation()))
                .append("</p></header>\n");
        page.append(contents()).append("<main id=\"main\">\n");
        boolean first = true;
        for (Map.Entry<String, StringBuilder> chapter : chapters.entrySet()) {
            page.append("<section id=\"").append(anchor(chapter.getKey())).append("\"><h2>");
            page.append(PageText.escaped(chapter.getKey())).append("</h2>\n").append(first ? opening() : "");
            page.append(chapter.getValue()).append(first ? allWarnings() : "").append("</section>\n");
            first = false;
        }
        page.append(
                "</main>\n<footer><p>Made by Tare without scripts, fonts and requests. The tables hold every figure's");
        page.append(" numbers; <code>--csv</code> writes all digits.</p></footer></div></body></html>\n");
        return page.toString();
    }

    private static boolean isVerdict(Section section) {
        return section instanceof Sentences sentences
                && CHAPTERS.getOrDefault(sentences.kind(), sentences.heading()).equals(VERDICT);
    }

    private String contents() {
        StringBuilder list = new StringBuilder("<nav aria-label=\"Contents\"><ol>");
        for (String chapter : chapters.keySet()) {
            list.append("<li><a href=\"#").append(anchor(chapter)).append("\">");
            list.append(PageText.escaped(chapter)).append("</a></li>");
        }
        return list.append("</ol></nav>").toString();
    }

    private static String anchor(String heading) {
        return "c-" + heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    }

    /** What a reader must know before the first number. */
    private String opening() {
        String alert = "";
        if (!warnings.isEmpty()) {
            List<String> shown = warnings.subList(0, Math.min(MOST_IN_ALERT, warnings.size()));
            alert = "<p class=\"alert\"><a href=\"#warnings\">"
                    + (warnings.size() == 1 ? "1 warning" : warnings.size() + " warnings") + "</a> "
                    + PageText.escaped(String.join("; ", shown) + (shown.size() < warnings.size() ? " \u2026" : ""))
                    + "</p>\n";
        }
        return (lead.isEmpty() ? "" : "<p class=\"lead\">" + PageText.escaped(lead) + "</p>\n") + alert;
    }

    private String allWarnings() {
        return warnings.isEmpty()
                ? ""
                : "<div class=\"mind\" id=\"warnings\"><h3>Before you act on a difference</h3><ul>" + items(warnings)
                        + "</ul></div>\n";
    }

    private static String items(List<String> sentences) {
        StringBuilder items = new StringBuilder();
        sentences.forEach(sentence ->
                items.append("<li>").append(PageText.escaped(sentence)).append("</li>\n"));
        return items.toString();
    }

    private StringBuilder chapter(String name) {
        return chapters.computeIfAbsent(name.isEmpty() ? RESULTS : name, any -> new StringBuilder());
    }

    @Override
    public void sentences(Sentences section) {
        if (WARNINGS.contains(section.kind())) {
            warnings.addAll(section.sentences());
            return;
        }
        if (section.kind().equals(SUMMARY) && !lead.isEmpty()) {
            // The verdict has said it.
            return;
        }
        String name = CHAPTERS.getOrDefault(section.kind(), section.heading());
        StringBuilder chapter = chapter(name);
        if (!name.equals(section.heading()) && !section.heading().isEmpty()) {
            chapter.append("<h3>").append(PageText.escaped(section.heading())).append("</h3>");
        }
        if (section.kind().equals(COMMAND)) {
            chapter.append("<pre tabindex=\"0\" role=\"region\" aria-label=\"")
                    .append(PageText.escaped(section.heading()));
            chapter.append("\">");
            section.sentences()
                    .forEach(line -> chapter.append(PageText.escaped(line)).append('\n'));
            chapter.append("</pre>\n");
        } else {
            chapter.append("<ul class=\"plain\">")
                    .append(items(section.sentences()))
                    .append("</ul>\n");
        }
    }

    @Override
    public void links(Section.Links section) {
        StringBuilder chapter = chapter(section.heading()).append("<ul class=\"plain\">");
        for (Section.Link link : section.links()) {
            chapter.append("<li><a href=\"")
                    .append(PageText.escaped(link.file()))
                    .append("\">");
            chapter.append(PageText.escaped(link.name())).append("</a>");
            chapter.append(link.words().isEmpty() ? "" : " " + PageText.escaped(link.words()))
                    .append("</li>\n");
        }
        chapter.append("</ul>\n");
    }

    @Override
    public void properties(PropertyTable section) {
        HtmlTable table = new HtmlTable(section.heading(), 1);
        List<Cell> header = new ArrayList<>(List.of(Cell.words("property")));
        section.runs().forEach(run -> header.add(Cell.words(run)));
        table.header(header);
        for (Section.Property property : section.properties()) {
            List<Cell> line = new ArrayList<>(List.of(Cell.words(property.name())));
            property.values().forEach(value -> line.add(Cell.words(value.isEmpty() ? "-" : value)));
            table.line(line);
        }
        chapter(section.heading()).append(table.folded());
    }

    @Override
    public void results(ResultTable section) {
        ResultLines lines = new ResultLines(section);
        StringBuilder chapter = chapter(section.heading().isEmpty() ? RESULTS : section.heading());
        lines.tables().forEach(table -> chapter.append(table.folded()));
        if (!lines.notes().isEmpty()) {
            chapter.append("<details><summary>Notes (")
                    .append(lines.notes().size())
                    .append(")</summary><ol>");
            chapter.append(items(lines.notes())).append("</ol></details>\n");
        }
    }

    @Override
    public void figure(Section.Figure figure) {
        figures++;
        if (figure.chart() instanceof Chart.Verdict) {
            verdict(figure);
            return;
        }
        StringBuilder chapter = chapter(figure.chapter());
        Optional<Plot> plot = FigurePlots.of(figure);
        String id = "f" + figures;
        chapter.append("<figure id=\"").append(id).append(plot.isEmpty() ? "\" class=\"all\">" : "\">");
        chapter.append("<figcaption><h3>").append(figures).append(". ").append(PageText.escaped(figure.heading()));
        chapter.append(source(figure)).append("</h3>").append(paragraph("finding", figure.finding()));
        chapter.append(paragraph("", figure.explanation())).append("</figcaption>\n");
        plot.ifPresent(drawn -> {
            Caption caption = new Caption(id, figure.heading(), description(figure));
            chapter.append("<div class=\"wide\">")
                    .append(drawn.svg(caption, Width.WIDE))
                    .append("</div>\n");
            chapter.append("<div class=\"narrow\" hidden>")
                    .append(drawn.svg(caption, Width.NARROW))
                    .append("</div>\n");
        });
        if (withTables || plot.isEmpty()) {
            chapter.append(HtmlTable.of(figure.heading(), figure.grid()).folded());
        }
        chapter.append("</figure>\n");
    }

    /** What is to be seen: what the numbers say, or else what they are. */
    private static String description(Section.Figure figure) {
        List<String> said = new ArrayList<>(List.of(figure.finding(), figure.explanation()));
        said.removeIf(String::isEmpty);
        return said.isEmpty()
                ? figure.heading() + ", " + figure.grid().lines().size() + " lines"
                : String.join(" ", said);
    }

    private static String source(Section.Figure figure) {
        return figure.source().isEmpty() ? "" : " <span class=\"tag\">" + PageText.escaped(figure.source()) + "</span>";
    }

    private static String paragraph(String classes, String words) {
        return words.isEmpty()
                ? ""
                : "<p" + (classes.isEmpty() ? "" : " class=\"" + classes + "\"") + ">" + PageText.escaped(words)
                        + "</p>";
    }

    /** The first column large, with a small drawing of it; the others in words. */
    private void verdict(Section.Figure figure) {
        StringBuilder chapter = chapter(figure.chapter());
        if (lead.isEmpty() && chapter.length() == 0 && chapters.size() == 1) {
            lead = figure.finding();
        } else {
            chapter.append("<h3>").append(PageText.escaped(figure.heading()));
            chapter.append(source(figure)).append("</h3>").append(paragraph("", figure.finding()));
        }
        VerdictTable table = new VerdictTable("f" + figures, figure);
        chapter.append(table.markup()).append(paragraph("fine", figure.explanation()));
    }
}
