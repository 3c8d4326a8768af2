package dev.tare.clock.client;

import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.estimate.NtpExchange;
import dev.tare.clock.wire.NtpReply;

/**
 * Sends requests to one server and waits for their replies, one at a time.
 *
 * <p>Belongs to one thread at a time; {@link #counts()} may be called from any. An interrupt neither closes it nor gets
 * lost.
 */
interface Exchanger extends AutoCloseable {
    /** One request and what became of it within {@code timeoutNs} of real time. */
    ExchangeOutcome exchange(long timeoutNs);

    /** Requests so far and what became of them. */
    ExchangeCounts counts();

    @Override
    void close();

    /** What became of one request. */
    sealed interface ExchangeOutcome {}

    /** A valid reply. */
    record Answered(NtpExchange exchange) implements ExchangeOutcome {}

    /**
     * No reply in time.
     *
     * @param reason what came instead, for messages
     * @param advice what to do about it
     */
    record Loss(String reason, String advice) implements ExchangeOutcome {}

    /** The server answered, but its time is not to be used. */
    record Rejection(NtpReply.Fault fault) implements ExchangeOutcome {}

    /**
     * Kiss-o'-death: the server asks to be asked less often, or never.
     *
     * @param code e.g. RATE, DENY, RSTR
     */
    record Kiss(String code) implements ExchangeOutcome {
        private static final String SLOW_DOWN = "RATE";

        /** Whether a slower client is welcome. */
        boolean onlyTooFast() {
            return code.equals(SLOW_DOWN);
        }
    }
}
