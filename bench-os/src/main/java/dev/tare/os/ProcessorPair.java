package dev.tare.os;

import dev.tare.machine.cpu.Topology;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Two processors that this process may use, of different cores where there are two.
 *
 * @param apart whether they are of different cores, as far as the machine tells
 */
record ProcessorPair(int first, int second, boolean apart) {
    /**
     * Chooses the first processor, and the first of another core.
     *
     * @throws IllegalArgumentException when there is only one
     */
    static ProcessorPair of(Topology topology) {
        NavigableSet<Integer> allowed = topology.allowed();
        if (allowed.size() < 2) {
            throw new IllegalArgumentException("expected two processors that this process may use, got " + allowed
                    + "; give it another one, or leave this benchmark out");
        }
        int first = allowed.first();
        NavigableSet<Integer> others = new TreeSet<>(allowed);
        others.removeAll(topology.coreOf(first));
        return others.isEmpty()
                ? new ProcessorPair(first, allowed.higher(first), false)
                : new ProcessorPair(first, others.first(), true);
    }

    @Override
    public String toString() {
        return first + " and " + second + (apart ? "" : ", threads of one core");
    }
}
