package dev.tare.report.chart;

import java.util.EnumSet;
import java.util.Set;

/**
 * One drawing. Every colour is an attribute, with the value for light paper, and a class; nothing is a style, which strict
 * policies for content drop. Its text is neither measured nor turned into outlines.
 */
final class Svg {
    /** Whatever the reader's system has. */
    private static final String FONTS =
            "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";

    private static final double WHISKER = 4;
    private static final double RADIUS = 4;

    private final Caption caption;
    private final Width width;
    private final StringBuilder body = new StringBuilder();
    private final Set<Tone> hatched = EnumSet.noneOf(Tone.class);

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
        svg.append("\" font-family=\"").append(FONTS).append("\">");
        svg.append("<title id=\"").append(id).append("-t\">").append(Markup.escaped(caption.title()));
        svg.append("</title><desc id=\"").append(id).append("-d\">").append(Markup.escaped(caption.description()));
        svg.append("</desc>");
        hatched.forEach(tone -> svg.append(pattern(id, tone)));
        return svg.append(body).append("</svg>").toString();
    }

    private static String pattern(String id, Tone tone) {
        return "<pattern id=\"" + id + "-" + tone.word() + "\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\"" + fill(tone) + "/>"
                + "<path d=\"M1 0V5\"" + stroke(Ink.PAPER)
                + " stroke-width=\"1.2\" stroke-opacity=\"0.75\"/></pattern>";
    }

    private static String fill(Paint paint) {
        return " class=\"f-" + paint.word() + "\" fill=\"" + paint.light() + "\"";
    }

    private static String stroke(Paint paint) {
        return " class=\"s-" + paint.word() + "\" stroke=\"" + paint.light() + "\"";
    }

    private static String both(Paint inside, Paint line) {
        return " class=\"f-" + inside.word() + " s-" + line.word() + "\" fill=\"" + inside.light() + "\" stroke=\""
                + line.light() + "\"";
    }

    /** Begins a mark: what is drawn until {@link #end} tells these words to who points at it, or reads it aloud. */
    void mark(String words) {
        body.append("<g class=\"mark\"><title>").append(Markup.escaped(words)).append("</title>");
    }

    void end() {
        body.append("</g>");
    }

    void line(double x1, double y1, double x2, double y2, Paint paint, double thickness) {
        path("M" + point(x1, y1) + "L" + point(x2, y2), paint, thickness, "");
    }

    void dashed(double x1, double y1, double x2, double y2, Paint paint, double thickness) {
        path("M" + point(x1, y1) + "L" + point(x2, y2), paint, thickness, " stroke-dasharray=\"4 2.5\"");
    }

    /** An open line through points. */
    void path(String path, Paint paint, double thickness, String more) {
        body.append("<path d=\"")
                .append(path)
                .append('"')
                .append(stroke(paint))
                .append(" fill=\"none\" stroke-width=\"");
        body.append(Numerals.pixels(thickness)).append('"').append(more).append("/>");
    }

    static String point(double x, double y) {
        return Numerals.pixels(x) + " " + Numerals.pixels(y);
    }

    void rect(double x, double y, double wide, double high, Paint paint) {
        body.append("<rect").append(place(x, y, wide, high)).append(fill(paint)).append("/>");
    }

    /** An area of a tone, hatched where the tone is. */
    void area(double x, double y, double wide, double high, Tone tone) {
        if (!tone.hatched()) {
            rect(x, y, wide, high, tone);
            return;
        }
        hatched.add(tone);
        body.append("<rect")
                .append(place(x, y, wide, high))
                .append(" fill=\"url(#")
                .append(caption.id());
        body.append(width.suffix()).append('-').append(tone.word()).append(")\"/>");
    }

    /** An outline on paper. */
    void outline(double x, double y, double wide, double high, Paint inside, Paint line) {
        body.append("<rect")
                .append(place(x, y, wide, high))
                .append(both(inside, line))
                .append("/>");
    }

    private static String place(double x, double y, double wide, double high) {
        return " x=\"" + Numerals.pixels(x) + "\" y=\"" + Numerals.pixels(y) + "\" width=\"" + Numerals.pixels(wide)
                + "\" height=\"" + Numerals.pixels(high) + "\"";
    }

    /** A point's mark: the tone decides the shape, too; hollow where nothing is known of how far it may be off. */
    void dot(double x, double y, Tone tone, boolean hollow, double size) {
        double r = RADIUS * size;
        String colours = hollow ? both(Ink.PAPER, tone) + " stroke-width=\"1.6\"" : both(tone, Ink.PAPER);
        switch (tone.shape()) {
            case CIRCLE ->
                body.append("<circle cx=\"")
                        .append(Numerals.pixels(x))
                        .append("\" cy=\"")
                        .append(Numerals.pixels(y))
                        .append("\" r=\"")
                        .append(Numerals.pixels(r))
                        .append('"');
            case SQUARE -> body.append("<rect").append(place(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r));
            case TRIANGLE ->
                body.append("<path d=\"M")
                        .append(point(x, y - 1.1 * r))
                        .append('L')
                        .append(point(x + 1.1 * r, y + 0.9 * r))
                        .append('L')
                        .append(point(x - 1.1 * r, y + 0.9 * r))
                        .append("Z\"");
            case DIAMOND ->
                body.append("<path d=\"M")
                        .append(point(x, y - 1.2 * r))
                        .append('L')
                        .append(point(x + 1.2 * r, y))
                        .append('L')
                        .append(point(x, y + 1.2 * r))
                        .append('L')
                        .append(point(x - 1.2 * r, y))
                        .append("Z\"");
        }
        body.append(colours).append("/>");
    }

    /** An interval along a horizontal scale; an end that lies beyond the axis is an arrow. */
    void whisker(Scale x, double low, double high, double y, Paint paint) {
        double left = x.clamped(low);
        double right = x.clamped(high);
        String path = "M" + point(left, y) + "H" + Numerals.pixels(right)
                + (x.holds(low) ? tick(left, y) : arrow(left, y, WHISKER))
                + (x.holds(high) ? tick(right, y) : arrow(right, y, -WHISKER));
        path(path, paint, 1.5, "");
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
                1.3,
                "");
    }

    private static String flat(double x, double y) {
        return "M" + point(x - 3, y) + "H" + Numerals.pixels(x + 3);
    }

    private static String upright(double x, double y, double back) {
        return "M" + point(x - 3, y + back) + "L" + point(x, y) + "L" + point(x + 3, y + back);
    }

    /** A text; the second and third rank are lighter. */
    void text(double x, double y, Anchor anchor, double size, Paint paint, String text) {
        text(x, y, anchor, size, paint, text, "");
    }

    void bold(double x, double y, Anchor anchor, double size, Paint paint, String text) {
        text(x, y, anchor, size, paint, text, " font-weight=\"600\"");
    }

    /** With a halo of paper, where it may stand on a line. */
    void halo(double x, double y, Anchor anchor, double size, Paint paint, String text) {
        body.append("<text x=\"")
                .append(Numerals.pixels(x))
                .append("\" y=\"")
                .append(Numerals.pixels(y))
                .append('"');
        body.append(both(paint, Ink.PAPER)).append(" stroke-width=\"3\" paint-order=\"stroke\" font-size=\"");
        body.append(Numerals.pixels(size))
                .append("\" text-anchor=\"")
                .append(anchor.word)
                .append("\">");
        body.append(Markup.escaped(text)).append("</text>");
    }

    private void text(double x, double y, Anchor anchor, double size, Paint paint, String text, String more) {
        if (text.isEmpty()) {
            return;
        }
        body.append("<text x=\"")
                .append(Numerals.pixels(x))
                .append("\" y=\"")
                .append(Numerals.pixels(y))
                .append('"');
        body.append(fill(paint))
                .append(" font-size=\"")
                .append(Numerals.pixels(size))
                .append('"');
        if (anchor != Anchor.START) {
            body.append(" text-anchor=\"").append(anchor.word).append('"');
        }
        body.append(more).append('>').append(Markup.escaped(text)).append("</text>");
    }
}
