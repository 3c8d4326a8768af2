package dev.tare.campaign.plan;

import dev.tare.runs.campaign.Scenario;
import dev.tare.runs.campaign.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The order of scenarios within a round: random by a seed, so that drift hits all alike and a campaign can be made again.
 * Occurrences of one scenario are spread: the round is cut into as many parts as it occurs, and each part has one.
 */
public final class RoundOrder {
    private RoundOrder() {}

    /** All slots of a round, in the order in which they are measured. */
    public static List<Slot> of(List<Scenario> scenarios, int round, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + round);
        List<Placed> placed = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (int occurrence = 1; occurrence <= scenario.occurrences(); occurrence++) {
                double part = (occurrence - 1 + random.nextDouble()) / scenario.occurrences();
                placed.add(new Placed(new Slot(round, scenario.name(), occurrence), part));
            }
        }
        Collections.sort(placed);
        return placed.stream().map(Placed::slot).toList();
    }

    /** A slot and where in the round it stands, from 0 to 1. */
    private record Placed(Slot slot, double part) implements Comparable<Placed> {
        @Override
        public int compareTo(Placed other) {
            return Double.compare(part, other.part);
        }
    }
}
