package dev.tare.io.workload;

import dev.tare.harness.Facts;
import dev.tare.io.profile.IoProfiler;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * What the threads of a trial share: the target, opened for the first and closed after the last, and what an iteration of
 * all of them took. A tear-down of JMH's for all of them would not do: it runs when the first thread is done, and others
 * still verify what they wrote.
 */
@State(Scope.Benchmark)
public class SharedTarget {
    private static final double KEEPS_UP_PERCENT = 99;

    private @Nullable OpenTarget target;
    private int threads;
    private double fastestBytesPerS;
    private Optional<MachineTimes> cpuAtBegin = Optional.empty();
    private long completed;
    private int ended;
    private double leastAchievedPercent;
    private double coveredShares;
    private int left;

    /** How the first thread opens it. */
    @FunctionalInterface
    public interface Opening {
        OpenTarget open() throws IOException;
    }

    /** The target, for a thread that will {@link #leave}. */
    public synchronized OpenTarget join(Opening opening, AccessParameters access) throws IOException {
        if (target == null) {
            target = opening.open();
            fastestBytesPerS = 0;
            ended = 0;
            leastAchievedPercent = 100;
            coveredShares = 0;
            left = 0;
            Map<String, String> facts = new LinkedHashMap<>(target.device().facts());
            facts.putAll(target.facts());
            facts.put("seed", Long.toString(access.seed));
            facts.put("working-set-bytes", Long.toString(access.workingSetBytes()));
            // Whatever clock the score comes from: only JMH's own calls of the timer can be given another.
            facts.put("response-times", VirtualizationDetector.detectHere().localClockLabel());
            Facts.print(facts);
        }
        threads++;
        return target;
    }

    /**
     * Notes the beginning of an iteration of a thread; the last thread's counts, when all have prepared their data. The whole
     * system's time, because the work of an I/O is done by interrupts and kernel threads too, which are charged to no process.
     */
    public synchronized void beginIteration() {
        cpuAtBegin = MachineTimes.now();
    }

    /**
     * Notes the end of an iteration of a thread; with the last, the results of all become those of the iteration.
     *
     * @param workload what the thread did in it
     * @param achievedPercent of an open loop, how many in a hundred of the requests that were due it began
     */
    public synchronized void endIteration(Workload workload, Optional<Double> achievedPercent) {
        if (ended == 0) {
            completed = 0;
        }
        achievedPercent.ifPresent(percent -> leastAchievedPercent = Math.min(leastAchievedPercent, percent));
        completed += workload.completed();
        ended++;
        if (ended == threads) {
            ended = 0;
            if (completed > 0) {
                MachineTimes.now().flatMap(now -> cpuAtBegin.map(now::minus)).ifPresent(this::recordCpu);
            }
        }
    }

    private void recordCpu(MachineTimes used) {
        perIo("cpuUserUs", used.userS());
        perIo("cpuSystemUs", used.systemS() + used.interruptS() + used.softInterruptS());
        perIo("cpuIowaitUs", used.iowaitS());
        perIo("cpuStealUs", used.stealS());
    }

    private void perIo(String name, double usedS) {
        IoProfiler.RESULTS.record(name, usedS * 1e6 / completed, "us/IO", AggregationPolicy.AVG);
    }

    /** Says that a thread has done with the target. */
    public synchronized void leave(Optional<Workload> workload) throws IOException {
        threads--;
        left++;
        fastestBytesPerS += workload.map(Workload::fastestBytesPerS).orElse(0.0);
        coveredShares += workload.map(Workload::coveredShare).orElse(0.0);
        if (threads > 0 || target == null) {
            return;
        }
        OpenTarget ending = target;
        target = null;
        ending.close();
        Facts.print(ending.factsAtEnd(fastestBytesPerS));
        Facts.print("working-set-covered", Math.round(coveredShares / left * 100) + " %");
        if (leastAchievedPercent < KEEPS_UP_PERCENT) {
            Facts.print(
                    "arrivals",
                    "cannot keep up: in an iteration fewer than 99 % of the requests that were due were begun; response"
                            + " times grow with its length");
        }
    }
}
