package dev.tare.report.chart;

/**
 * A colour: its value for light paper stands as an attribute, so that a drawing is intact where no style sheet is admitted,
 * and its word as a class, by which a style sheet gives it another value on dark paper.
 */
public sealed interface Paint permits Tone, Ink {
    /** The word that names it in classes and variables of the style sheet. */
    String word();

    /** Its value on light paper, {@code #rrggbb}. */
    String light();

    /** Its value on dark paper, {@code #rrggbb}. */
    String dark();
}
