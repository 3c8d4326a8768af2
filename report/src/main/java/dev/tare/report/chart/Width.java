package dev.tare.report.chart;

/** Each chart is drawn twice: text cannot shrink with a page and stay readable. */
public enum Width {
    /** For screens and paper. */
    WIDE(760, 860, "-w"),
    /** For telephones. */
    NARROW(352, 1720, "-n"),
    /** Within a line of a table. */
    CELL(240, 860, "-c");

    private final int pixels;
    private final int mostHigh;
    private final String suffix;

    Width(int pixels, int mostHigh, String suffix) {
        this.pixels = pixels;
        this.mostHigh = mostHigh;
        this.suffix = suffix;
    }

    int pixels() {
        return pixels;
    }

    /**
     * So high may a drawing be, in pixels. Paper of A4 has room for that and for a heading above it, and page.css has it in
     * millimetres; telephones scroll, but axis and legend must not be out of reach.
     */
    int mostHigh() {
        return mostHigh;
    }

    String suffix() {
        return suffix;
    }

    boolean isNarrow() {
        return this == NARROW;
    }
}
