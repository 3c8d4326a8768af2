package dev.tare.harness;

import dev.tare.machine.cgroup.ControlGroup;
import dev.tare.machine.cpu.MachineTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What happened in this system while an iteration ran, and whether it disturbed the iteration; docs/iteration-records.md
 * describes the fields.
 *
 * <p>Percentages are CPU time divided by the iteration's length, not by the processors: one foreign process that keeps one
 * processor busy all the time is 100. A time counts as above its limit when it is so by more than the resolution of {@code
 * /proc/stat}: a difference of two readings of one kind of time may be too large by a tick.
 *
 * @param begin read before the iteration
 * @param end read after it
 * @param limits what it may suffer
 */
record IterationAccount(IterationReadings begin, IterationReadings end, Limits limits) {
    private static final double NS_PER_S = 1e9;
    private static final long TICK_NS = Math.round(MachineTimes.RESOLUTION_S * NS_PER_S);

    /** The most that is not called contaminated, in percent of the iteration's length. */
    record Limits(double stealPercent, double foreignPercent) {}

    /** JMH's side of the iteration. */
    record Score(String benchmark, int iteration, OptionalDouble value, String unit) {}

    /** The record as a JSON object. */
    String json(Score score, String timescale, OptionalDouble frequencyMHz, List<Integer> processors) {
        JsonObject json = new JsonObject()
                .string("benchmark", score.benchmark())
                .whole("iteration", score.iteration())
                .string("timescale", timescale)
                .whole("beginNs", begin.time().epochNs())
                .whole("beginBoundNs", begin.time().boundNs())
                .whole("endNs", end.time().epochNs())
                .whole("endBoundNs", end.time().boundNs())
                .whole("lengthNs", lengthNs());
        if (score.value().isPresent() && Double.isFinite(score.value().getAsDouble())) {
            json.number("score", score.value().getAsDouble()).string("unit", score.unit());
        }
        OptionalLong processNs = difference(begin.processCpuNs(), end.processCpuNs());
        Optional<ControlGroup.Throttling> throttled = throttled();
        json.whole("stealNs", stealNs())
                .whole("processCpuNs", processNs)
                .whole("foreignCpuNs", foreignNs())
                .whole("interruptCpuNs", interruptNs())
                .whole("cpuPressureNs", difference(begin.waitedNs(), end.waitedNs()));
        throttled.ifPresent(found ->
                json.whole("throttledNs", found.throttledNs()).whole("throttledPeriods", found.throttledPeriods()));
        frequencyMHz.ifPresent(frequency -> json.rounded("frequencyMHz", frequency));
        if (!processors.isEmpty()) {
            json.wholes("processors", processors);
        }
        stealNs().ifPresent(ns -> json.rounded("stealPercent", percent(ns)));
        throttled.ifPresent(found -> json.rounded("throttledPercent", percent(found.throttledNs())));
        foreignNs().ifPresent(ns -> json.rounded("foreignPercent", percent(ns)));
        json.number("maxStealPercent", limits.stealPercent()).number("maxForeignPercent", limits.foreignPercent());
        List<String> exceeded = exceeded();
        if (!exceeded.isEmpty() || (stealNs().isPresent() && foreignNs().isPresent())) {
            json.bool("contaminated", !exceeded.isEmpty()).strings("exceeded", exceeded);
        }
        return json.toString();
    }

    /** The limits that were exceeded for certain: {@code steal}, {@code throttled}, {@code foreign}. */
    List<String> exceeded() {
        List<String> exceeded = new ArrayList<>();
        if (stealNs().isPresent() && percent(stealNs().getAsLong() - TICK_NS) > limits.stealPercent()) {
            exceeded.add("steal");
        }
        if (throttled().isPresent() && percent(throttled().get().throttledNs()) > limits.stealPercent()) {
            exceeded.add("throttled");
        }
        // User and system time are two kinds, of the system and of this process.
        if (foreignNs().isPresent() && percent(foreignNs().getAsLong() - 4 * TICK_NS) > limits.foreignPercent()) {
            exceeded.add("foreign");
        }
        return exceeded;
    }

    OptionalLong stealNs() {
        return ns(used().stream().mapToDouble(MachineTimes::stealS).findFirst());
    }

    /**
     * What processes other than this one and its children used; empty when either is unknown. Interrupts are left out: they
     * serve whoever asked, in a benchmark of disks or sockets mostly the benchmark itself. No less than nothing, where the
     * system's ticks are behind this process's.
     */
    OptionalLong foreignNs() {
        OptionalLong processNs = difference(begin.processCpuNs(), end.processCpuNs());
        OptionalLong allNs = ns(used().stream()
                .mapToDouble(used -> used.userS() + used.systemS())
                .findFirst());
        return allNs.isPresent() && processNs.isPresent()
                ? OptionalLong.of(Math.max(0, allNs.getAsLong() - processNs.getAsLong()))
                : OptionalLong.empty();
    }

    private OptionalLong interruptNs() {
        return ns(used().stream()
                .mapToDouble(used -> used.interruptS() + used.softInterruptS())
                .findFirst());
    }

    private Optional<MachineTimes> used() {
        return end.machine().flatMap(later -> begin.machine().map(later::minus));
    }

    /** Of nested groups the one that was stopped longest: its time contains that of the process. */
    private Optional<ControlGroup.Throttling> throttled() {
        List<ControlGroup.Throttling> earlier = begin.throttling();
        List<ControlGroup.Throttling> later = end.throttling();
        return earlier.size() == later.size()
                ? IntStream.range(0, later.size())
                        .mapToObj(group -> later.get(group).minus(earlier.get(group)))
                        .max(Comparator.comparingLong(ControlGroup.Throttling::throttledNs))
                : Optional.empty();
    }

    private long lengthNs() {
        return end.monotonicNs() - begin.monotonicNs();
    }

    private double percent(long ns) {
        return 100.0 * ns / lengthNs();
    }

    private static OptionalLong ns(OptionalDouble seconds) {
        return seconds.isPresent()
                ? OptionalLong.of(Math.round(seconds.getAsDouble() * NS_PER_S))
                : OptionalLong.empty();
    }

    private static OptionalLong difference(OptionalLong earlier, OptionalLong later) {
        return earlier.isPresent() && later.isPresent()
                ? OptionalLong.of(later.getAsLong() - earlier.getAsLong())
                : OptionalLong.empty();
    }
}
