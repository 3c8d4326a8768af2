package dev.tare.campaign.proof;

import dev.tare.campaign.proof.HostTimes.Iteration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which iterations count: those from before whose begin until after whose end all other hosts were under load for certain,
 * with the bounds of both clocks taken off, and in which their own host did not stand still.
 */
public final class OverlapProof {
    /** Fewer counted iterations of a measured host make an attempt void. */
    public static final int FEWEST_COUNTED = 3;

    /** So little JMH needs between two iterations anywhere; a host that did nothing for longer was not under load meanwhile. */
    static final long USUAL_GAP_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Longer gaps of another host may take so much of an iteration: on slow machines there are no shorter ones. */
    static final double MOST_GAP = 0.1;

    /** Of a host that stood still for so long in the common time, what the others gained is no result. */
    private static final long LONGEST_STANDSTILL_NS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, HostTimes> hosts;
    private final Map<String, List<Boolean>> counted = new LinkedHashMap<>();

    private OverlapProof(Map<String, HostTimes> hosts) {
        this.hosts = hosts;
        hosts.forEach((host, times) -> counted.put(
                host,
                times.iterations().stream()
                        .map(iteration -> counts(host, times, iteration))
                        .toList()));
    }

    /** The proof of what these hosts did at the same time, those that only disturb among them. */
    public static OverlapProof of(Map<String, HostTimes> hosts) {
        return new OverlapProof(new LinkedHashMap<>(hosts));
    }

    private boolean counts(String host, HostTimes times, Iteration iteration) {
        long fromNs = iteration.begin().earliestNs();
        long toNs = iteration.end().latestNs();
        return !times.stoodStill(fromNs, toNs)
                && hosts.entrySet().stream()
                        .filter(other -> !other.getKey().equals(host))
                        .allMatch(other -> other.getValue().isUnderLoad(fromNs, toNs));
    }

    /** Of each iteration of a host whether it counts. */
    public List<Boolean> counted(String host) {
        return counted.getOrDefault(host, List.of());
    }

    /** Begin of the first iteration of these hosts that counts; empty when none does. */
    public OptionalLong windowBeginNs(Set<String> measured) {
        return thatCount(measured)
                .mapToLong(iteration -> iteration.begin().ns())
                .min();
    }

    /** End of the last one. */
    public OptionalLong windowEndNs(Set<String> measured) {
        return thatCount(measured).mapToLong(iteration -> iteration.end().ns()).max();
    }

    private Stream<Iteration> thatCount(Set<String> measured) {
        List<Iteration> iterations = new ArrayList<>();
        hosts.forEach((host, times) -> {
            if (measured.contains(host)) {
                for (int i = 0; i < times.iterations().size(); i++) {
                    if (counted(host).get(i)) {
                        iterations.add(times.iterations().get(i));
                    }
                }
            }
        });
        return iterations.stream();
    }

    /**
     * Why the attempt is void, in a sentence; empty when it is not.
     *
     * @param measured the hosts whose scores are results
     */
    public Optional<String> objection(Set<String> measured) {
        List<String> objections = new ArrayList<>();
        for (String host : measured) {
            long counting = counted(host).stream().filter(counts -> counts).count();
            if (counting < FEWEST_COUNTED) {
                HostTimes times = hosts.get(host);
                objections.add(host + ": expected at least " + FEWEST_COUNTED
                        + " iterations beside the load of all others, got " + counting + " of "
                        + counted(host).size()
                        + (times == null || times.unbounded() == 0
                                ? ""
                                : ", and " + times.unbounded() + " while its clock was disrupted")
                        + gaps(host));
            }
        }
        hosts.forEach((host, times) -> {
            long stoodNs = stoodInTheCommonTime(times);
            if (stoodNs >= LONGEST_STANDSTILL_NS) {
                objections.add(String.format(
                        Locale.ROOT, "%s stood still for %.1f s of the common time", host, stoodNs / 1e9));
            }
        });
        return objections.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", objections));
    }

    /** What may be the reason: others that need long between iterations. */
    private String gaps(String host) {
        return hosts.entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(host) && other.getValue().longestGapNs() > USUAL_GAP_NS)
                .map(other -> String.format(
                        Locale.ROOT,
                        "; %s did nothing for up to %.1f s between iterations, which may be at most a tenth of one: make them"
                                + " longer (-r)",
                        other.getKey(),
                        other.getValue().longestGapNs() / 1e9))
                .findFirst()
                .orElse("");
    }

    private long stoodInTheCommonTime(HostTimes times) {
        List<HostTimes> active = hosts.values().stream()
                .filter(one -> !one.iterations().isEmpty())
                .toList();
        long beginNs = active.stream()
                .mapToLong(one -> one.iterations().get(0).begin().ns())
                .max()
                .orElse(0);
        long endNs = active.stream()
                .mapToLong(one ->
                        one.iterations().get(one.iterations().size() - 1).end().ns())
                .min()
                .orElse(0);
        return times.standstills().stream()
                .mapToLong(standstill -> standstill.within(beginNs, endNs))
                .sum();
    }
}
