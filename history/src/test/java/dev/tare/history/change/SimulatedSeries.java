package dev.tare.history.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Series whose truth is known, and what becomes of them when they are looked at again each night. */
final class SimulatedSeries {
    /** Changes that lie so near to each other are one that is dated better with more nights. */
    private static final int SAME = 3;

    private static final int PATIENCE = 10;

    private SimulatedSeries() {}

    /** Normal noise of standard deviation 1, each value holding so much of the one before. */
    static double[] noise(long seed, double autocorrelation, int nights) {
        Random random = new Random(seed);
        double[] noise = new double[nights];
        double fresh = Math.sqrt(1 - autocorrelation * autocorrelation);
        for (int i = 0; i < nights; i++) {
            noise[i] = i == 0 ? random.nextGaussian() : autocorrelation * noise[i - 1] + fresh * random.nextGaussian();
        }
        return noise;
    }

    /** Changes that are told in the nights of a series, each when it is told first. */
    static int told(double[] values, ChangeRule rule) {
        List<Integer> told = new ArrayList<>();
        for (int nights = 1; nights <= values.length; nights++) {
            for (Change change : rule.changes(Arrays.copyOf(values, nights))) {
                if (told.stream().noneMatch(known -> Math.abs(known - change.index()) <= SAME)) {
                    told.add(change.index());
                }
            }
        }
        return told.size();
    }

    /** After how many nights a change is told, of at most ten; 0 when it is not. */
    static int nightsUntilTold(double[] values, ChangeRule rule, int at) {
        for (int after = 1; after <= PATIENCE && at + after <= values.length; after++) {
            List<Change> changes = rule.changes(Arrays.copyOf(values, at + after));
            if (changes.stream().anyMatch(change -> Math.abs(change.index() - at) <= SAME)) {
                return after;
            }
        }
        return 0;
    }
}
