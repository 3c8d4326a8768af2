package dev.tare.report.chart;

/** Each chart is drawn twice: text cannot shrink with a page and stay readable. */
public enum Width {
    /** For screens and paper. */
    WIDE(760, "-w"),
    /** For telephones. */
    NARROW(352, "-n"),
    /** Within a line of a table. */
    CELL(240, "-c");

    private final int pixels;
    private final String suffix;

    Width(int pixels, String suffix) {
        this.pixels = pixels;
        this.suffix = suffix;
    }

    int pixels() {
        return pixels;
    }

    String suffix() {
        return suffix;
    }

    boolean isNarrow() {
        return this == NARROW;
    }
}
