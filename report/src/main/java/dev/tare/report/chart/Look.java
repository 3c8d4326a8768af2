package dev.tare.report.chart;

/**
 * How a shape or text is painted. Every colour is an attribute, with the value for light paper, and a class, by which a
 * style sheet gives it another; an element states only what differs from the group around it.
 *
 * @param fill of its inside
 * @param stroke of its line
 * @param thickness of its line, in pixels
 * @param more attributes that are not of colour, each with a blank before it
 */
record Look(Colour fill, Colour stroke, String thickness, String more) {
    private static final String USUAL_THICKNESS = "1";

    /** What a drawing begins with: nothing is painted that does not say so. */
    static final Look NONE = new Look(Colour.NONE, Colour.NONE, USUAL_THICKNESS, "");

    /**
     * A value of SVG and the word of its class.
     *
     * @param word empty where no class changes it
     */
    record Colour(String word, String value) {
        static final Colour NONE = new Colour("", "none");

        static Colour of(Paint paint) {
            return new Colour(paint.word(), paint.light());
        }

        private String inClass(String kind, Colour around) {
            return word.isEmpty() || equals(around) ? "" : kind + word;
        }

        private String attribute(String name, Colour around) {
            return equals(around) ? "" : " " + name + "=\"" + value + "\"";
        }
    }

    static Look filled(Colour fill) {
        return new Look(fill, Colour.NONE, USUAL_THICKNESS, "");
    }

    static Look filled(Paint fill) {
        return filled(Colour.of(fill));
    }

    static Look line(Paint stroke, double thickness) {
        return new Look(Colour.NONE, Colour.of(stroke), Numerals.pixels(thickness), "");
    }

    static Look outlined(Paint fill, Paint stroke, double thickness) {
        return new Look(Colour.of(fill), Colour.of(stroke), Numerals.pixels(thickness), "");
    }

    Look with(String attributes) {
        return new Look(fill, stroke, thickness, more + attributes);
    }

    /** The attributes of an element within a group that looks otherwise. */
    String within(Look around) {
        String classes = (fill.inClass("f-", around.fill) + " " + stroke.inClass("s-", around.stroke)).strip();
        return (classes.isEmpty() ? "" : " class=\"" + classes + "\"")
                + fill.attribute("fill", around.fill)
                + stroke.attribute("stroke", around.stroke)
                + (thickness.equals(around.thickness) || stroke.equals(Colour.NONE)
                        ? ""
                        : " stroke-width=\"" + thickness + "\"")
                + (more.equals(around.more) ? "" : more);
    }
}
