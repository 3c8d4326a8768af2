package dev.tare.clock.transport;

import dev.tare.clock.estimate.Exchange;
import dev.tare.clock.wire.ReplyFault;

/** What became of one request. */
public sealed interface Outcome {
    /** A valid reply. */
    record Answered(Exchange exchange) implements Outcome {}

    /**
     * No reply in time.
     *
     * @param reason what came instead, for messages
     */
    record Loss(String reason) implements Outcome {}

    /** The server answered, but its time is not to be used. */
    record Rejection(ReplyFault fault) implements Outcome {}

    /**
     * Kiss-o'-death: the server asks to be asked less often, or never.
     *
     * @param code e.g. RATE, DENY, RSTR
     */
    record Kiss(String code) implements Outcome {
        private static final String SLOW_DOWN = "RATE";

        /** Whether a slower client is welcome. */
        public boolean onlyTooFast() {
            return code.equals(SLOW_DOWN);
        }
    }
}
