package dev.tare.clock.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how far remote clocks are from the truth in several situations, and whether their bounds hold.
 *
 * <p>Usage: {@code java -cp ... dev.tare.clock.accuracy.ClockAccuracy [SETTLE_S MEASURE_S] [SITUATION...]}; without
 * situations all of them, each after 30 s for 60 s. Ends with exit code 1 when a bound did not hold.
 */
public final class ClockAccuracy {
    private static final long DEFAULT_SETTLE_S = 30;
    private static final long DEFAULT_MEASURE_S = 60;
    private static final int EXIT_DISHONEST = 1;
    private static final int EXIT_USAGE = 2;

    private ClockAccuracy() {}

    /** Measures and prints one row after the other. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean timed = words.size() >= 2
                && words.get(0).matches("\\d{1,6}")
                && words.get(1).matches("\\d{1,6}");
        long settleS = timed ? Long.parseLong(words.remove(0)) : DEFAULT_SETTLE_S;
        long measureS = timed ? Long.parseLong(words.remove(0)) : DEFAULT_MEASURE_S;
        List<Situation> situations = Situation.ALL.stream()
                .filter(situation -> words.isEmpty() || words.contains(situation.label()))
                .toList();
        if (situations.size() < words.size() || measureS < 11) {
            System.err.println(
                    "ClockAccuracy: expected [SETTLE_S MEASURE_S] with at least 11 s to measure, and some of "
                            + Situation.ALL.stream().map(Situation::label).toList() + ", got "
                            + Arrays.toString(arguments));
            System.exit(EXIT_USAGE);
        }
        System.out.println(Row.HEADER);
        boolean honest = true;
        for (Situation situation : situations) {
            for (Row row : new Trial(situation, settleS, measureS).run()) {
                System.out.println(row.text());
                honest &= row.violations() == 0;
            }
        }
        System.exit(honest ? 0 : EXIT_DISHONEST);
    }
}
