package dev.tare.net;

import dev.tare.harness.Parameters;
import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.harness.arrival.Arrivals;
import dev.tare.harness.results.ResponseTimes;
import dev.tare.harness.results.SecondaryResults;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a thread's requests are sent: one after the other, several at once, or when they are due; and how long their responses
 * took. One after the other no time is taken, which would cost each round trip two looks at the clock.
 */
final class RequestFlow {
    /** The seed of random arrivals, the same in every fork. */
    static final long SEED = 20_101;

    private static final int MOST_OUTSTANDING = 4096;

    /** More could fill the buffers of both directions, and each end would wait for the other to read. */
    private static final int MOST_BYTES = 128 << 10;

    /** A stream on which nothing moves for five seconds is taken for stalled, and random requests can be far apart. */
    private static final double LEAST_PER_THREAD_AND_S = 10;

    private final RoundTrips trips;
    private final Options options;
    private final @Nullable Arrivals arrivals;
    private final ResponseTimes responses = new ResponseTimes();
    /** When the outstanding requests were sent or due, each at its number's remainder. */
    private final long[] sinceNs;

    private long sent;
    private long answered;
    private boolean begun;

    /**
     * What a user can choose.
     *
     * @param outstanding requests that may be on their way at once
     * @param rate when requests are due; empty where each begins as soon as it may
     * @param blocks whether a thread that waits for a response can do nothing else
     */
    record Options(int outstanding, Optional<ArrivalRate> rate, boolean blocks) {
        /** @throws IllegalArgumentException when these cannot be had together, or by threads of this number */
        void require(int messageBytes, int threads) {
            if (outstanding > 1 && (long) outstanding * messageBytes > MOST_BYTES) {
                throw Parameters.refusal(
                        "burst",
                        "requests of at most " + MOST_BYTES + " bytes together, which fit the sockets' buffers",
                        outstanding + "\" of " + messageBytes + " bytes each, \"" + (long) outstanding * messageBytes,
                        Integer.toString(Math.max(1, MOST_BYTES / messageBytes)),
                        null);
            }
            if (outstanding > 1 && rate.isPresent() && blocks) {
                throw new IllegalArgumentException("burst: expected 1, or waiting=spin, with a ratePerS, got \""
                        + outstanding + "\" and waiting=block: a thread that blocks for a response misses when the next"
                        + " request is due; pass -p waiting=spin");
            }
            double perThread = rate.map(ArrivalRate::perS).orElse(Double.POSITIVE_INFINITY) / threads;
            if (!(perThread >= LEAST_PER_THREAD_AND_S)) {
                throw new IllegalArgumentException("ratePerS: expected at least 10 requests per second and thread, got "
                        + perThread + "; a stream on which nothing moves for seconds is taken for stalled");
            }
        }

        static int outstanding(String burst) {
            return (int) Parameters.wholeNumber("burst", burst, 1, MOST_OUTSTANDING);
        }
    }

    /**
     * A thread's flow.
     *
     * @param thread from 0
     */
    RequestFlow(RoundTrips trips, Options options, int thread, int threads) {
        this.trips = trips;
        this.options = options;
        this.arrivals = options.rate()
                .map(rate -> new Arrivals(rate, thread, threads, SEED))
                .orElse(null);
        this.sinceNs = new long[options.outstanding()];
    }

    /** An iteration begins; its first request is due when it is asked for. */
    void begin() {
        responses.clear();
        begun = false;
    }

    /** Completes one round trip, and sends what is to be sent meanwhile. */
    void exchange() throws IOException {
        if (arrivals != null) {
            exchange(arrivals);
        } else if (options.outstanding() == 1) {
            trips.exchange();
        } else {
            while (sent - answered < options.outstanding()) {
                send(System.nanoTime());
            }
            trips.receive();
            answer();
        }
    }

    private void exchange(Arrivals due) throws IOException {
        if (!begun) {
            begun = true;
            due.begin(System.nanoTime());
        }
        if (options.outstanding() == 1) {
            due.await();
            send(due.take());
            trips.receive();
        } else {
            do {
                if (sent == answered) {
                    due.await();
                }
                if (sent - answered < options.outstanding() && due.isDue(System.nanoTime())) {
                    send(due.take());
                }
            } while (sent == answered || !trips.receiveSome());
        }
        answer();
    }

    private void send(long requestNs) throws IOException {
        sent++;
        sinceNs[(int) (trips.send() % sinceNs.length)] = requestNs;
    }

    private void answer() {
        answered++;
        responses.record(System.nanoTime() - sinceNs[(int) (trips.answered() % sinceNs.length)]);
    }

    /** The iteration ends: takes the responses that are still to come, and tells how long all of them took. */
    void end(SecondaryResults results) throws IOException {
        long endNs = System.nanoTime();
        while (answered < sent) {
            trips.receive();
            answer();
        }
        if (arrivals != null && begun) {
            arrivals.end(endNs, responses, results);
        }
        results.record("response", responses);
    }
}
