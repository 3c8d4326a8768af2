package dev.tare.report.chart;

import java.util.List;

/**
 * The colours of marks by what they stand for. Hue is the family, lightness the variant, and what could be confused has a
 * hatch, too, for colour never tells anything alone. Each has the value for light paper, which stands in the SVG, and the
 * one for dark, which stands in the style sheet.
 */
public enum Tone implements Paint {
    /** The machine without a hypervisor. */
    NATIVE("native", "#3f4651", "#c3cad4", false),
    /** The first guest, or paravirtual ones. */
    FIRST("first", "#0b64ad", "#4f9fe6", false),
    /** The second, or fully virtual ones. */
    SECOND("second", "#b8500f", "#f0894a", true),
    /** The third, or paravirtual ones with the processor's help. */
    THIRD("third", "#4a9bd9", "#a9d6fb", false),
    /** The fourth, or fully virtual ones with paravirtual drivers. */
    FOURTH("fourth", "#c47f0e", "#f6cc7a", true),
    /** A loss that is shown. */
    LOSS("loss", "#a63d0a", "#f59a62", false),
    /** No loss shown. */
    EVEN("even", "#5b6470", "#aab3c0", false),
    /** More than the reference. */
    MORE("more", "#0b64ad", "#6db6f5", false);

    private static final List<Tone> GUESTS = List.of(FIRST, SECOND, THIRD, FOURTH);

    private final String word;
    private final String light;
    private final String dark;
    private final boolean hatched;

    Tone(String word, String light, String dark, boolean hatched) {
        this.word = word;
        this.light = light;
        this.dark = dark;
        this.hatched = hatched;
    }

    /** The tone of the n-th guest, from 0; after the fourth they repeat. */
    public static Tone ofGuest(int guest) {
        return GUESTS.get(guest % GUESTS.size());
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

    /** The shape of its points, for colour never tells anything alone. */
    Shape shape() {
        return switch (this) {
            case FIRST, LOSS -> Shape.CIRCLE;
            case NATIVE, EVEN -> Shape.SQUARE;
            case THIRD, MORE -> Shape.TRIANGLE;
            case SECOND, FOURTH -> Shape.DIAMOND;
        };
    }

    /** What a point of it looks like. */
    enum Shape {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND
    }

    /** Whether areas of it are hatched. */
    boolean hatched() {
        return hatched;
    }
}
