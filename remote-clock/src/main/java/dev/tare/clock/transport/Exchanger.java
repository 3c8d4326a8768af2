package dev.tare.clock.transport;

import dev.tare.clock.ExchangeCounts;

/**
 * Sends requests to one server and waits for their replies, one at a time.
 *
 * <p>Belongs to one thread at a time; {@link #counts()} may be called from any. An interrupt neither closes it nor gets
 * lost.
 */
public interface Exchanger extends AutoCloseable {
    /** One request and what became of it within {@code timeoutNs} of real time. */
    Outcome exchange(long timeoutNs);

    /** Requests so far and what became of them. */
    ExchangeCounts counts();

    @Override
    void close();
}
