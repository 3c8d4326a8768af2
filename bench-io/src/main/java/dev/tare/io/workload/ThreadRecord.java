package dev.tare.io.workload;

import dev.tare.harness.results.ResponseTimes;
import dev.tare.harness.results.SecondaryResults;
import dev.tare.io.pattern.AccessSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.results.AggregationPolicy;

/** What a thread's I/Os of an iteration were: response times by operation, counts, and the log of all of them. */
final class ThreadRecord {
    private static final double PERCENT = 100;
    private static final double NS_PER_S = 1e9;

    private final Map<Operation, ResponseTimes> responses = new EnumMap<>(Operation.class);
    private final Optional<IoLog> log;
    private final boolean isMixed;
    private boolean measured;
    private boolean measuredBefore;
    private boolean logged;
    private long begunNs;
    private long movedBytes;
    private long completed;
    private long discards;
    private long discardsAgain;
    private double fastestBytesPerS;

    ThreadRecord(AccessSpec spec, boolean hasFsyncs, Optional<IoLog> log) {
        this.log = log;
        this.isMixed = spec.isMixed();
        if (spec.readPercent() > 0) {
            responses.put(Operation.READ, new ResponseTimes());
        }
        if (spec.writes()) {
            responses.put(spec.discards() ? Operation.DISCARD : Operation.WRITE, new ResponseTimes());
        }
        if (hasFsyncs) {
            responses.put(Operation.FSYNC, new ResponseTimes());
        }
    }

    /** Begins an iteration, whose measured I/Os go into the log or not. */
    void begin(boolean isLogged, long nowNs) {
        responses.values().forEach(ResponseTimes::clear);
        measured = false;
        measuredBefore = false;
        logged = isLogged && log.isPresent();
        begunNs = nowNs;
        movedBytes = 0;
        completed = 0;
        discards = 0;
        discardsAgain = 0;
    }

    /** Whether what completes from now on is measured. */
    void measure(boolean isMeasured) {
        measured = isMeasured;
        measuredBefore |= isMeasured;
    }

    /** What completes from now on is measured if anything was in this iteration. */
    void measureAsBefore() {
        measured = measuredBefore;
    }

    /** Records what is done. */
    void add(Operation operation, long dueNs, long submittedNs, long doneNs, long position, int bytes) {
        if (measured) {
            responses(operation).record(doneNs - dueNs);
            if (logged) {
                log.orElseThrow().add(operation, dueNs, submittedNs, doneNs, position, bytes);
            }
        }
        if (operation != Operation.FSYNC) {
            movedBytes += bytes;
            completed += measuredBefore ? 1 : 0;
        }
    }

    /** Counts a discard. */
    void discard(boolean again) {
        discards++;
        discardsAgain += again ? 1 : 0;
    }

    /** Ends an iteration's time, by which its speed is reckoned. */
    void end(long nowNs) {
        if (nowNs > begunNs) {
            fastestBytesPerS = Math.max(fastestBytesPerS, movedBytes * NS_PER_S / (nowNs - begunNs));
        }
    }

    /** Hands response times over: of all I/Os; of reads and writes apart where there are both; of fsyncs. */
    void handOver(SecondaryResults results) {
        responses.forEach((operation, times) -> {
            if (operation != Operation.FSYNC) {
                results.record("response", times);
            }
            if (operation == Operation.FSYNC || isMixed) {
                results.record(operation.resultName(), times);
            }
        });
        if (discards > 0) {
            results.record("discardedAgainPercent", PERCENT * discardsAgain / discards, "%", AggregationPolicy.AVG);
        }
    }

    /** Of an operation that the thread has. */
    ResponseTimes responses(Operation operation) {
        return Objects.requireNonNull(responses.get(operation));
    }

    /** Response times of I/Os in this iteration. */
    long recorded() {
        return responses.entrySet().stream()
                .filter(entry -> entry.getKey() != Operation.FSYNC)
                .mapToLong(entry -> entry.getValue().count())
                .sum();
    }

    /** I/Os completed since the first measured step of the iteration. */
    long completed() {
        return completed;
    }

    /** Bytes per second of the fastest iteration so far, with all of its steps. */
    double fastestBytesPerS() {
        return fastestBytesPerS;
    }

    Optional<IoLog> log() {
        return log;
    }
}
