package dev.tare.os;

import dev.tare.machine.cpu.Topology;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Two processors that this process may use, of different cores where there are two.
 *
 * @param apart whether they are of different cores, as far as the machine tells
 */
record ProcessorPair(int first, int second, boolean apart) {
    /** Chooses the first processor, and the first of another core; empty when there is only one. */
    static Optional<ProcessorPair> among(Topology topology) {
        NavigableSet<Integer> allowed = topology.allowed();
        if (allowed.size() < 2) {
            return Optional.empty();
        }
        int first = allowed.first();
        NavigableSet<Integer> others = new TreeSet<>(allowed);
        others.removeAll(topology.coreOf(first));
        return Optional.of(
                others.isEmpty()
                        ? new ProcessorPair(first, allowed.tailSet(first, false).first(), false)
                        : new ProcessorPair(first, others.first(), true));
    }

    @Override
    public String toString() {
        return first + " and " + second + (apart ? "" : ", threads of one core");
    }
}
