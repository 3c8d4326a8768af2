package dev.tare.report.document;

import dev.tare.report.efficiency.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a figure's numbers are drawn, where the form can draw. What is not drawn is a table alone. */
public sealed interface Chart {
    /** A word by which a line tells that its values are not alike; pages mark the line. */
    String DIFFERS = "differs";

    /** Nothing is drawn. */
    record None() implements Chart {}

    /**
     * The first column as a dot with its interval, line by line, against 100 % on a logarithmic axis.
     *
     * @param noise what lies within it cannot be told from no difference, in per cent, by the group of lines for which it
     *     holds; groups of which that is not known are absent
     */
    record Dots(Map<String, Interval> noise) implements Chart {
        /** Keeps a copy, in its order. */
        public Dots {
            noise = Collections.unmodifiableMap(new LinkedHashMap<>(noise));
        }
    }

    /** The first column, large, with a small drawing of it and its parts against 100 %. */
    record Verdict() implements Chart {}

    /**
     * Each line a group of bars from zero, each column a bar; lines of different groups get axes of their own. Where the
     * first column is a reference, a line marks it over the others.
     *
     * @param referenced whether the first column is a reference
     */
    record Bars(boolean referenced) implements Chart {}

    /** The first column along a logarithmic axis, each other column as a line over it. */
    record Curves() implements Chart {}

    /** All columns but the last on one axis, line by line, as small dots; the last one's words at the end of the line. */
    record Spread() implements Chart {}

    /** Each value a cell, in per cent, coloured by how far it is from 100 where it is {@link Value#evidence}. */
    record Heat() implements Chart {}

    /**
     * Values over days, to see when they changed. The first column is the day, counted from any, the second the value, or words
     * where a night does not count, the third the mean of its stretch between changes.
     */
    record Nights() implements Chart {}

    /**
     * Who did what when. The first two columns are begin and end in seconds, the third has the word {@code counted} for
     * what counts; lines of the same group share a track.
     */
    record Timeline() implements Chart {}
}
