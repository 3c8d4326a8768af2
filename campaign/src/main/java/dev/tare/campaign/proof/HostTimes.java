package dev.tare.campaign.proof;

import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.BoundedInstant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a host did what, on the campaign's timescale: from the records of its iterations, and from what its gate noted.
 *
 * @param start when it actually started after GO
 * @param iterations those whose time is known within a bound, in their order
 * @param unbounded how many there were besides: the clock was disrupted while they ran
 * @param unit of the scores; empty without iterations
 * @param standstills when its JVM stood still
 * @param clockTraffic bytes to and from the clock server since its JVM began, as noted at the ends of iterations
 */
public record HostTimes(
        Optional<BoundedInstant> start,
        List<Iteration> iterations,
        int unbounded,
        String unit,
        List<Standstill> standstills,
        List<Traffic> clockTraffic) {
    /** Keeps copies. */
    public HostTimes {
        iterations = List.copyOf(iterations);
        standstills = List.copyOf(standstills);
        clockTraffic = List.copyOf(clockTraffic);
    }

    /** One measured iteration. */
    public record Iteration(BoundedInstant begin, BoundedInstant end, double score) {}

    /** From the last sign of life to the next. */
    public record Standstill(long fromNs, long toNs) {
        boolean touches(long beginNs, long endNs) {
            return fromNs < endNs && toNs > beginNs;
        }

        /** How much of it lies between two instants. */
        long within(long beginNs, long endNs) {
            return Math.max(0, Math.min(toNs, endNs) - Math.max(fromNs, beginNs));
        }
    }

    /** Bytes until an instant. */
    public record Traffic(long atNs, long bytes) {}

    /**
     * Reads an agent's result.
     *
     * @throws UnreadableRunException when a field is missing or something else than expected
     */
    public static HostTimes read(JsonCursor result) throws UnreadableRunException {
        List<Iteration> iterations = new ArrayList<>();
        int unbounded = 0;
        String unit = "";
        for (JsonCursor record : result.get("iterations").elements()) {
            if (record.find("beginBoundNs").isEmpty()
                    || record.find("endBoundNs").isEmpty()
                    || record.find("score").isEmpty()) {
                unbounded++;
            } else {
                unit = record.get("unit").text();
                iterations.add(new Iteration(
                        instant(record, "begin"),
                        instant(record, "end"),
                        record.get("score").number()));
            }
        }
        List<Standstill> standstills = new ArrayList<>();
        List<Traffic> traffic = new ArrayList<>();
        Optional<BoundedInstant> start = Optional.empty();
        for (JsonCursor line : result.get("gate").elements()) {
            String[] words = line.text().split(" ", -1);
            switch (words[0]) {
                case "start" -> start = Optional.of(new BoundedInstant(number(line, words, 1), number(line, words, 2)));
                case "stood" -> standstills.add(new Standstill(number(line, words, 1), number(line, words, 2)));
                case "clock" -> traffic.add(new Traffic(number(line, words, 1), number(line, words, 2)));
                default -> {
                    // The end, or what a later version notes besides.
                }
            }
        }
        return new HostTimes(start, iterations, unbounded, unit, standstills, traffic);
    }

    private static BoundedInstant instant(JsonCursor record, String name) throws UnreadableRunException {
        long boundNs = record.get(name + "BoundNs").whole();
        if (boundNs < 0) {
            throw record.get(name + "BoundNs").unexpected("a bound from 0");
        }
        return new BoundedInstant(record.get(name + "Ns").whole(), boundNs);
    }

    private static long number(JsonCursor line, String[] words, int index) throws UnreadableRunException {
        if (index >= words.length || !words[index].matches("\\d{1,18}|[1-8]\\d{18}")) {
            throw line.unexpected("a line of the gate with whole numbers");
        }
        return Long.parseLong(words[index]);
    }

    /**
     * Whether it was under load from one instant to another, for certain: from before the first until after the last, its
     * clock's bounds taken off, without standing still, and without gaps that matter.
     */
    boolean isUnderLoad(long fromNs, long toNs) {
        return !iterations.isEmpty()
                && iterations.get(0).begin().latestNs() <= fromNs
                && iterations.get(iterations.size() - 1).end().earliestNs() >= toNs
                && !stoodStill(fromNs, toNs)
                && longGapsNs(fromNs, toNs) <= OverlapProof.MOST_GAP * (toNs - fromNs);
    }

    /** How long it did nothing between iterations, where that was for longer than JMH usually needs. */
    private long longGapsNs(long fromNs, long toNs) {
        long sumNs = 0;
        for (int i = 1; i < iterations.size(); i++) {
            long beginNs = iterations.get(i - 1).end().earliestNs();
            long endNs = iterations.get(i).begin().latestNs();
            if (endNs - beginNs > OverlapProof.USUAL_GAP_NS) {
                sumNs += Math.max(0, Math.min(endNs, toNs) - Math.max(beginNs, fromNs));
            }
        }
        return sumNs;
    }

    /** The longest time for which it did nothing between iterations. */
    long longestGapNs() {
        long longestNs = 0;
        for (int i = 1; i < iterations.size(); i++) {
            longestNs = Math.max(
                    longestNs,
                    iterations.get(i).begin().ns() - iterations.get(i - 1).end().ns());
        }
        return longestNs;
    }

    /** Whether it stood still between two instants. */
    boolean stoodStill(long beginNs, long endNs) {
        return standstills.stream().anyMatch(standstill -> standstill.touches(beginNs, endNs));
    }

    /** Bytes to and from the clock server from an instant to another, no fewer than there were. */
    public long clockBytes(long fromNs, long toNs) {
        if (clockTraffic.isEmpty()) {
            return 0;
        }
        long before = clockTraffic.get(0).bytes();
        long after = clockTraffic.get(clockTraffic.size() - 1).bytes();
        for (Traffic traffic : clockTraffic) {
            if (traffic.atNs() <= fromNs) {
                before = traffic.bytes();
            }
        }
        for (int i = clockTraffic.size() - 1; i >= 0; i--) {
            if (clockTraffic.get(i).atNs() >= toNs) {
                after = clockTraffic.get(i).bytes();
            }
        }
        return after - before;
    }
}
