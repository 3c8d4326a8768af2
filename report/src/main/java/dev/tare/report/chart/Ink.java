package dev.tare.report.chart;

import java.util.List;

/** The colours of all that is no mark: paper, text, lines, and the cells of a heat map. */
public enum Ink implements Paint {
    /** What everything is drawn on. */
    PAPER("paper", "#ffffff", "#14171c"),
    /** Text. */
    INK("ink", "#1b1f24", "#e8ebf0"),
    /** Text of the second rank. */
    SECOND_INK("ink2", "#4d5561", "#aeb6c2"),
    /** Text of the third rank: 4.5:1 on paper. */
    THIRD_INK("ink3", "#646d79", "#8d96a3"),
    /** Lines to read values by. */
    GRID("grid", "#e3e6ea", "#2c323b"),
    /** Axes. */
    AXIS("axis", "#9aa2ad", "#5b6470"),
    /** Fields behind text. */
    PANEL("panel", "#f6f7f9", "#1c2027"),
    /** What cannot be told from no difference. */
    NOISE("noise", "#e9edf2", "#262c35"),
    /** Text on the darkest cells. */
    ON_DARK("on-dark", "#ffffff", "#ffffff"),
    /** A cell of less than 30 %. */
    HEAT_0("h0", "#8f3306", "#bd4b15"),
    /** Up to 60 %. */
    HEAT_1("h1", "#b9531d", "#934018"),
    /** Up to 80 %. */
    HEAT_2("h2", "#e39a6d", "#6b3419"),
    /** Up to 95 %. */
    HEAT_3("h3", "#f4cfb5", "#482b1f"),
    /** As good as the reference: up to 105 %. */
    HEAT_4("h4", "#f1efea", "#2b2f36"),
    /** Up to 125 %. */
    HEAT_5("h5", "#bfd9ef", "#1f4567"),
    /** More. */
    HEAT_6("h6", "#2a6aa5", "#2f6da8");

    /** Where the bins of a heat map end, in per cent: fixed, so that two maps can be compared. */
    static final List<Integer> HEAT_ENDS = List.of(30, 60, 80, 95, 105, 125);

    private static final List<Ink> HEAT = List.of(HEAT_0, HEAT_1, HEAT_2, HEAT_3, HEAT_4, HEAT_5, HEAT_6);

    private final String word;
    private final String light;
    private final String dark;

    Ink(String word, String light, String dark) {
        this.word = word;
        this.light = light;
        this.dark = dark;
    }

    /** The cells of a heat map, from little to much. */
    static List<Ink> heat() {
        return HEAT;
    }

    /** The cell of a value in per cent. */
    static Ink ofHeat(double percent) {
        int bin = (int) HEAT_ENDS.stream().filter(end -> percent >= end).count();
        return HEAT.get(bin);
    }

    /** What can be read on a cell, light or dark. */
    Ink over() {
        return this == HEAT_0 || this == HEAT_1 || this == HEAT_6 ? ON_DARK : INK;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String light() {
        return light;
    }

    @Override
    public String dark() {
        return dark;
    }
}
