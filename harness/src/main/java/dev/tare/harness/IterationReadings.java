package dev.tare.harness;

import dev.tare.machine.cgroup.ControlGroup;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.machine.cpu.ProcessTimes;
import dev.tare.machine.cpu.Processors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is read at either end of an iteration.
 *
 * @param time on the timescale of records
 * @param monotonicNs this machine's monotonic clock; only differences mean something
 * @param machine CPU times of the whole system
 * @param processCpuNs CPU time of this process and its children
 * @param waitedNs how long threads of the system have waited for a processor
 * @param throttling of each control group around this process
 */
record IterationReadings(
        Timescale.Reading time,
        long monotonicNs,
        Optional<MachineTimes> machine,
        OptionalLong processCpuNs,
        OptionalLong waitedNs,
        List<ControlGroup.Throttling> throttling) {
    /** The clocks last: what reading the rest costs is outside of them. */
    static IterationReadings atBegin(ControlGroup group, Processors processors) {
        List<ControlGroup.Throttling> throttling = group.throttling();
        OptionalLong waitedNs = processors.waitedNs();
        OptionalLong processCpuNs = ProcessTimes.nowNs();
        Optional<MachineTimes> machine = MachineTimes.now();
        long monotonicNs = System.nanoTime();
        return new IterationReadings(Timescale.inUse().now(), monotonicNs, machine, processCpuNs, waitedNs, throttling);
    }

    /** In the opposite order, so that this process's time spans the system's, and reading them is nobody's foreign work. */
    static IterationReadings atEnd(ControlGroup group, Processors processors) {
        long monotonicNs = System.nanoTime();
        Timescale.Reading time = Timescale.inUse().now();
        Optional<MachineTimes> machine = MachineTimes.now();
        OptionalLong processCpuNs = ProcessTimes.nowNs();
        return new IterationReadings(
                time, monotonicNs, machine, processCpuNs, processors.waitedNs(), group.throttling());
    }
}
