package dev.tare.profiles.command;

import java.util.Arrays;

/** A series in one line of text. */
final class Sparkline {
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** From the lowest value to the highest; of more values than fit, each mark is the mean of as many. */
    static String of(double[] values, int widest) {
        int marks = Math.min(values.length, widest);
        double[] means = new double[marks];
        for (int i = 0; i < marks; i++) {
            int from = i * values.length / marks;
            int to = (i + 1) * values.length / marks;
            means[i] = Arrays.stream(values, from, to).average().orElseThrow();
        }
        double low = Arrays.stream(means).min().orElse(0);
        double high = Arrays.stream(means).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (double mean : means) {
            int level = high > low ? (int) Math.round((mean - low) / (high - low) * (LEVELS.length() - 1)) : 3;
            line.append(LEVELS.charAt(level));
        }
        return line.toString();
    }
}
