package dev.tare.runs;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The sampled times of one fork, all its iterations together, as JMH's sample mode writes them. */
final class Histogram {
    private final NavigableMap<Double, Long> counts = new TreeMap<>();
    private long total;

    /** Adds the pairs of one iteration: an array of {@code [value, count]}. */
    void addIteration(Place iteration) throws UnreadableRunException {
        for (Place pair : iteration.elements()) {
            if (pair.elements().size() != 2) {
                throw pair.unexpected("a pair [value, count]");
            }
            int count = pair.elements().get(1).count();
            counts.merge(pair.elements().get(0).number(), (long) count, Long::sum);
            total += count;
        }
    }

    boolean isEmpty() {
        return total == 0;
    }

    double mean() {
        double sum = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            sum += entry.getKey() * entry.getValue();
        }
        return sum / total;
    }

    /**
     * The smallest sampled time that this share of all samples does not exceed (nearest rank).
     *
     * @param share from 0 to 1
     */
    double quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        return Double.NaN;
    }
}
