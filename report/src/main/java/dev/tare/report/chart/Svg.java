package dev.tare.report.chart;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One drawing, in four layers: what is drawn by and by stands in groups of one look, areas and lines below marks, dashed lines
 * above them, and text on top. Nothing is a style, which strict policies for content drop. Text is neither measured nor turned
 * into outlines.
 */
final class Svg {
    /** Whatever the reader's system has. */
    private static final String FONTS =
            "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";

    private static final double WHISKER = 4;
    private static final double RADIUS = 4;

    private final Caption caption;
    private final Width width;
    private final Layer ground = new Layer();
    private final Layer marks = new Layer();
    private final Layer above = new Layer();
    private final Layer texts = new Layer();
    private final Set<Tone> hatched = EnumSet.noneOf(Tone.class);
    private Optional<Layer.Mark> mark = Optional.empty();

    Svg(Caption caption, Width width) {
        this.caption = caption;
        this.width = width;
    }

    /** Where a text's anchor is. */
    enum Anchor {
        START("start"),
        MIDDLE("middle"),
        END("end");

        private final String word;

        Anchor(String word) {
            this.word = word;
        }
    }

    /** The drawing, so many pixels high. */
    String render(double height) {
        String id = caption.id() + width.suffix();
        StringBuilder svg =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"");
        svg.append(id).append("-t ").append(id).append("-d\" width=\"").append(width.pixels());
        svg.append("\" height=\"").append(Numerals.pixels(Math.ceil(height)));
        svg.append("\" viewBox=\"0 0 ").append(width.pixels()).append(' ').append(Numerals.pixels(Math.ceil(height)));
        svg.append("\" fill=\"none\" font-family=\"").append(FONTS).append("\">");
        svg.append("<title id=\"").append(id).append("-t\">").append(Markup.escaped(caption.title()));
        svg.append("</title><desc id=\"").append(id).append("-d\">").append(Markup.escaped(caption.description()));
        svg.append("</desc>");
        hatched.forEach(tone -> svg.append(pattern(id, tone)));
        List.of(ground, marks, above, texts).forEach(layer -> layer.writeTo(svg));
        return svg.append("</svg>").toString();
    }

    private static String pattern(String id, Tone tone) {
        return "<pattern id=\"" + id + "-" + tone.word() + "\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\""
                + Look.filled(tone).within(Look.NONE) + "/><path d=\"M1 0V5\""
                + Look.line(Ink.PAPER, 1.2).within(Look.NONE) + " stroke-opacity=\"0.75\"/></pattern>";
    }

    /** Begins a mark: what is drawn until {@link #end} tells these words to who points at it, or reads it aloud. */
    void mark(String words) {
        mark = Optional.of(new Layer.Mark(words));
    }

    void end() {
        marks.add(mark.orElseThrow());
        mark = Optional.empty();
    }

    /** An element without its end and its colours. */
    private void shape(String element, Look look) {
        mark.ifPresentOrElse(begun -> begun.add(element, look), () -> ground.add(element + "/>", look));
    }

    void line(double x1, double y1, double x2, double y2, Paint paint, double thickness) {
        path(straight(x1, y1, x2, y2), paint, thickness);
    }

    void dashed(double x1, double y1, double x2, double y2, Paint paint, double thickness) {
        above.line(straight(x1, y1, x2, y2), Look.line(paint, thickness).with(" stroke-dasharray=\"4 2.5\""));
    }

    private static String straight(double x1, double y1, double x2, double y2) {
        String end = x1 == x2 ? "V" + Numerals.pixels(y2) : y1 == y2 ? "H" + Numerals.pixels(x2) : "L" + point(x2, y2);
        return "M" + point(x1, y1) + end;
    }

    /** An open line through points. */
    void path(String path, Paint paint, double thickness) {
        Look look = Look.line(paint, thickness);
        mark.ifPresentOrElse(begun -> begun.add("<path d=\"" + path + "\"", look), () -> ground.line(path, look));
    }

    static String point(double x, double y) {
        return Numerals.pixels(x) + " " + Numerals.pixels(y);
    }

    void rect(double x, double y, double wide, double high, Paint paint) {
        shape("<rect" + place(x, y, wide, high), Look.filled(paint));
    }

    /** An area of a tone, hatched where the tone is. */
    void area(double x, double y, double wide, double high, Tone tone) {
        if (!tone.hatched()) {
            rect(x, y, wide, high, tone);
            return;
        }
        hatched.add(tone);
        Look.Colour hatch = new Look.Colour("", "url(#" + caption.id() + width.suffix() + "-" + tone.word() + ")");
        shape("<rect" + place(x, y, wide, high), Look.filled(hatch));
    }

    /** An outline on paper. */
    void outline(double x, double y, double wide, double high, Paint inside, Paint line) {
        shape("<rect" + place(x, y, wide, high), Look.outlined(inside, line, 1));
    }

    private static String place(double x, double y, double wide, double high) {
        return " x=\"" + Numerals.pixels(x) + "\" y=\"" + Numerals.pixels(y) + "\" width=\"" + Numerals.pixels(wide)
                + "\" height=\"" + Numerals.pixels(high) + "\"";
    }

    /** A point's mark: the tone decides the shape, too; hollow where nothing is known of how far it may be off. */
    void dot(double x, double y, Tone tone, boolean hollow, double size) {
        double r = RADIUS * size;
        String element = switch (tone.shape()) {
            case CIRCLE ->
                "<circle cx=\"" + Numerals.pixels(x) + "\" cy=\"" + Numerals.pixels(y) + "\" r=\"" + Numerals.pixels(r)
                        + "\"";
            case SQUARE -> "<rect" + place(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r);
            case TRIANGLE ->
                closed(point(x, y - 1.1 * r), point(x + 1.1 * r, y + 0.9 * r), point(x - 1.1 * r, y + 0.9 * r));
            case DIAMOND ->
                closed(point(x, y - 1.2 * r), point(x + 1.2 * r, y), point(x, y + 1.2 * r), point(x - 1.2 * r, y));
        };
        shape(element, hollow ? Look.outlined(Ink.PAPER, tone, 1.6) : Look.outlined(tone, Ink.PAPER, 1));
    }

    private static String closed(String... points) {
        return "<path d=\"M" + String.join("L", points) + "Z\"";
    }

    /** An interval along a horizontal scale; an end that lies beyond the axis is an arrow. */
    void whisker(Scale x, double low, double high, double y, Paint paint) {
        double left = x.clamped(low);
        double right = x.clamped(high);
        String path = "M" + point(left, y) + "H" + Numerals.pixels(right)
                + (x.holds(low) ? tick(left, y) : arrow(left, y, WHISKER))
                + (x.holds(high) ? tick(right, y) : arrow(right, y, -WHISKER));
        path(path, paint, 1.5);
    }

    private static String tick(double x, double y) {
        return "M" + point(x, y - WHISKER) + "V" + Numerals.pixels(y + WHISKER);
    }

    private static String arrow(double x, double y, double back) {
        return "M" + point(x + back, y - WHISKER) + "L" + point(x, y) + "L" + point(x + back, y + WHISKER);
    }

    /** An interval along a vertical scale. */
    void errorBar(double x, Scale y, double low, double high, Paint paint) {
        double bottom = y.clamped(low);
        double top = y.clamped(high);
        path(
                "M" + point(x, bottom) + "V" + Numerals.pixels(top)
                        + (y.holds(low) ? flat(x, bottom) : upright(x, bottom, -WHISKER))
                        + (y.holds(high) ? flat(x, top) : upright(x, top, WHISKER)),
                paint,
                1.3);
    }

    private static String flat(double x, double y) {
        return "M" + point(x - 3, y) + "H" + Numerals.pixels(x + 3);
    }

    private static String upright(double x, double y, double back) {
        return "M" + point(x - 3, y + back) + "L" + point(x, y) + "L" + point(x + 3, y + back);
    }

    /** A text; the second and third rank are lighter. */
    void text(double x, double y, Anchor anchor, double size, Paint paint, String text) {
        text(x, y, anchor, size, Look.filled(paint), text);
    }

    void bold(double x, double y, Anchor anchor, double size, Paint paint, String text) {
        text(x, y, anchor, size, Look.filled(paint).with(" font-weight=\"600\""), text);
    }

    /** With a halo of paper, where it may stand on a line. */
    void halo(double x, double y, Anchor anchor, double size, Paint paint, String text) {
        text(x, y, anchor, size, Look.outlined(paint, Ink.PAPER, 3).with(" paint-order=\"stroke\""), text);
    }

    private void text(double x, double y, Anchor anchor, double size, Look look, String text) {
        if (text.isEmpty()) {
            return;
        }
        String lettering = " font-size=\"" + Numerals.pixels(size) + "\""
                + (anchor == Anchor.START ? "" : " text-anchor=\"" + anchor.word + "\"");
        texts.add(
                "<text x=\"" + Numerals.pixels(x) + "\" y=\"" + Numerals.pixels(y) + "\">" + Markup.escaped(text)
                        + "</text>",
                look.with(lettering));
    }
}
