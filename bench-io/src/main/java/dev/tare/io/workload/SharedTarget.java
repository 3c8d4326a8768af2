package dev.tare.io.workload;

import dev.tare.harness.Facts;
import dev.tare.io.profile.IoProfiler;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * What the threads of a trial share: the targets, opened for the first and closed after the last, and what an iteration of
 * all of them took. A tear-down of JMH's for all of them would not do: it runs when the first thread is done, and others
 * still verify what they wrote.
 */
@State(Scope.Benchmark)
public class SharedTarget {
    private static final double ALL_PERCENT = 100;
    private static final double KEEPS_UP_PERCENT = 99;

    private final List<OpenTarget> targets = new ArrayList<>();
    private Optional<LogFile> log = Optional.empty();
    private double[] fastestBytesPerS = {};
    private int threads;
    private int left;
    private Optional<MachineTimes> cpuAtBegin = Optional.empty();
    private long completed;
    private int ended;
    private double leastAchievedPercent;
    private double coveredShares;
    private final Meeting meeting = new Meeting();

    /** How the first thread opens a target. */
    @FunctionalInterface
    public interface Opening {
        OpenTarget open(String target) throws IOException;
    }

    /**
     * The target of a thread, which will {@link #leave}.
     *
     * @param names of all targets
     */
    public synchronized OpenTarget join(List<String> names, Opening opening, AccessParameters access, ThreadPart part)
            throws IOException {
        if (targets.isEmpty()) {
            open(names, opening, access);
        }
        threads++;
        return targets.get(part.target());
    }

    private void open(List<String> names, Opening opening, AccessParameters access) throws IOException {
        try {
            for (String name : names) {
                targets.add(opening.open(name));
            }
            log = access.logPath().isPresent()
                    ? Optional.of(LogFile.create(access.logPath().get()))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            try {
                closeTargets();
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
        fastestBytesPerS = new double[names.size()];
        left = 0;
        ended = 0;
        leastAchievedPercent = ALL_PERCENT;
        coveredShares = 0;
        for (int i = 0; i < targets.size(); i++) {
            Map<String, String> facts =
                    new LinkedHashMap<>(targets.get(i).device().facts());
            facts.putAll(targets.get(i).facts());
            print(facts, i);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("seed", Long.toString(access.seed));
        facts.put("working-set-bytes", Long.toString(access.workingSetBytes()));
        // Whatever clock the score comes from: only JMH's own calls of the timer can be given another.
        facts.put("response-times", VirtualizationDetector.detectHere().localClockLabel());
        Facts.print(facts);
    }

    /** The first target has its facts under their names, others with their number behind. */
    private static void print(Map<String, String> facts, int target) {
        facts.forEach((key, value) -> Facts.print(target == 0 ? key : key + "-" + (target + 1), value));
    }

    /** Closes all, also where one fails. */
    private void closeTargets() throws IOException {
        IOException failure = null;
        for (OpenTarget target : targets) {
            try {
                target.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        targets.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Does rounds of I/Os on all threads until their rates together are steady, and tells whether they became so.
     *
     * @param wanted empty where nothing is to be done
     */
    public void steady(Optional<SteadyState> wanted, Workload workload, ThreadPart part) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        List<Double> rates = new ArrayList<>();
        while (rates.size() < SteadyState.MOST_ROUNDS && !SteadyState.isReached(rates)) {
            rates.add(meeting.sum(workload.round(wanted.get().roundS()), part.threads()));
            if (part.thread() == 0) {
                System.err.printf(
                        Locale.ROOT,
                        "steadyState: round %d, %.0f I/Os per s%n",
                        rates.size(),
                        rates.get(rates.size() - 1));
            }
        }
        if (part.thread() == 0) {
            Facts.print(
                    "steady-state",
                    SteadyState.isReached(rates)
                            ? "reached before measuring"
                            : "not reached in " + rates.size() + " rounds: what was measured may depend on when");
        }
    }

    /** Lets other threads go on, or fail, that wait for one whose set-up has failed. */
    public void fail() {
        meeting.fail();
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
        // Those that are done with the last iteration may have left already.
        if (ended == threads + left) {
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

    /** Says that a thread has done with its target. */
    public synchronized void leave(Optional<Workload> workload, ThreadPart part) throws IOException {
        threads--;
        left++;
        fastestBytesPerS[part.target()] +=
                workload.map(Workload::fastestBytesPerS).orElse(0.0);
        coveredShares += workload.map(Workload::coveredShare).orElse(0.0);
        try {
            if (log.isPresent() && workload.flatMap(Workload::log).isPresent()) {
                log.get().add(workload.flatMap(Workload::log).get(), part.thread());
            }
        } finally {
            if (threads == 0) {
                end();
            }
        }
    }

    private void end() throws IOException {
        List<OpenTarget> ending = List.copyOf(targets);
        try {
            closeTargets();
        } finally {
            if (log.isPresent()) {
                log.get().close();
            }
        }
        for (int i = 0; i < ending.size(); i++) {
            print(ending.get(i).factsAtEnd(fastestBytesPerS[i]), i);
        }
        Facts.print("working-set-covered", Math.round(coveredShares / left * ALL_PERCENT) + " %");
        log.ifPresent(file -> Facts.print("log", file.words()));
        if (leastAchievedPercent < KEEPS_UP_PERCENT) {
            Facts.print(
                    "arrivals",
                    "not kept up with: at the end of an iteration, more than 1 % of the requests had not been begun;"
                            + " response times grow with its length where that is so in all of them");
        }
    }

    /** Where threads wait for each other. */
    private static final class Meeting {
        private int came;
        private int held;
        private double sum;
        private double lastSum;
        private boolean failed;

        synchronized void fail() {
            failed = true;
            notifyAll();
        }

        /** The sum of what all threads say, when all have said it. */
        synchronized double sum(double own, int threads) throws IOException {
            int meeting = held;
            sum += own;
            came++;
            if (came == threads) {
                lastSum = sum;
                came = 0;
                sum = 0;
                held++;
                notifyAll();
            }
            try {
                while (held == meeting && !failed) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the other threads");
            }
            if (held == meeting) {
                throw new IOException(
                        "steadyState: expected all threads to do their rounds, got a failure of another one");
            }
            return lastSum;
        }
    }
}
