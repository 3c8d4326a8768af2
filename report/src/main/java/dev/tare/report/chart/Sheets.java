package dev.tare.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Parts what stands below each other in a drawing: a browser shrinks what is higher than paper until its letters cannot be read.
 * Each part is a drawing of its own, with axis and legend. A group is broken only where it is higher than paper by itself.
 *
 * @param group what a line shares with its neighbours, whose name stands above them; empty for none
 * @param height of a line, in pixels
 * @param head how high the name of a group is
 * @param room how high all lines of a part may be together
 */
record Sheets<T>(Function<T, String> group, ToDoubleFunction<T> height, double head, double room) {
    /**
     * The parts as drawings, one after the other.
     *
     * @param caption of the whole
     * @param drawing what draws one part under a caption of its own
     */
    String drawn(List<T> lines, Caption caption, BiFunction<Caption, List<T>, String> drawing) {
        List<List<T>> parts = parts(lines);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            List<T> part = parts.get(i);
            all.append(drawing.apply(parts.size() == 1 ? caption : part(caption, i + 1, parts.size(), part), part));
        }
        return all.toString();
    }

    private Caption part(Caption caption, int number, int of, List<T> part) {
        String first = group.apply(part.get(0));
        return new Caption(
                caption.id() + "-" + number,
                caption.title() + ", " + number + " of " + of + (first.isEmpty() ? "" : ", from " + first),
                caption.description());
    }

    /** One part where all fits, or where there is nothing. */
    List<List<T>> parts(List<T> lines) {
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        parts.add(part);
        double free = room;
        for (int i = 0; i < lines.size(); i++) {
            double high = height.applyAsDouble(lines.get(i));
            boolean begins = i == 0 || !isOfOneGroup(lines.get(i - 1), lines.get(i));
            double together = begins ? head(lines.get(i)) + ofGroup(lines, i) : high;
            double needed = together > room ? head(lines.get(i)) + high : together;
            if (needed > free && !part.isEmpty()) {
                part = new ArrayList<>();
                parts.add(part);
                free = room;
            }
            free -= high + (begins || part.isEmpty() ? head(lines.get(i)) : 0);
            part.add(lines.get(i));
        }
        return parts;
    }

    private boolean isOfOneGroup(T one, T other) {
        return group.apply(one).equals(group.apply(other));
    }

    private double head(T line) {
        return group.apply(line).isEmpty() ? 0 : head;
    }

    /** The height of all lines of the group that begins here, without its name. */
    private double ofGroup(List<T> lines, int from) {
        double high = 0;
        for (int i = from; i < lines.size() && isOfOneGroup(lines.get(from), lines.get(i)); i++) {
            high += height.applyAsDouble(lines.get(i));
        }
        return high;
    }
}
