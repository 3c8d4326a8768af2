package dev.tare.clock.transport;

import dev.tare.clock.estimate.Exchange;
import dev.tare.clock.wire.NtpTime;
import dev.tare.clock.wire.Reply;
import dev.tare.clock.wire.ReplyFault;
import dev.tare.clock.wire.Request;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decides what a received frame means for the one request that is open. */
final class ReplyJudge {
    // No clock that runs at all is slower than a quarter of another's speed; beyond that the server's times are
    // nonsense.
    private static final long SLOWEST_LOCAL_CLOCK = 4;
    private static final int FINEST_PRECISION = -32;
    private static final int COARSEST_PRECISION = 6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long pivotUnixNs;

    /** @param pivotUnixNs an instant within 68 years of the server's present */
    ReplyJudge(long pivotUnixNs) {
        this.pivotUnixNs = pivotUnixNs;
    }

    /**
     * Judges bytes 0 to {@code length} of a frame.
     *
     * @return null when this is no answer to the request with this nonce
     */
    @Nullable
    Outcome judge(ByteBuffer frame, int length, long nonce, long sentNs, long arrivedNs) {
        if (length != Request.BYTES || Reply.origin(frame) != nonce) {
            return null;
        }
        Reply reply = Reply.read(frame);
        if (reply.isForeign()) {
            return null;
        }
        String kissCode = reply.kissCode();
        if (kissCode != null) {
            return new Outcome.Kiss(kissCode);
        }
        ReplyFault fault = reply.fault();
        if (fault != null) {
            return new Outcome.Rejection(fault);
        }
        long granularityNs = granularityNs(reply.precision());
        long receivedNs = NtpTime.toUnixNs(reply.receiveTime(), pivotUnixNs);
        long sentByServerNs = NtpTime.toUnixNs(reply.transmitTime(), pivotUnixNs);
        long heldNs = sentByServerNs - receivedNs;
        if (heldNs < 0 || heldNs - 2 * granularityNs > SLOWEST_LOCAL_CLOCK * (arrivedNs - sentNs)) {
            return new Outcome.Rejection(ReplyFault.TIMES);
        }
        return new Outcome.Answered(new Exchange(
                sentNs,
                receivedNs + granularityNs,
                sentByServerNs - granularityNs,
                arrivedNs,
                reply.neverSteps() ? reply.referenceTime() : 0));
    }

    /** One more than the granularity in whole nanoseconds, for what the conversion cuts off. */
    private static long granularityNs(int precision) {
        int exponent = Math.max(FINEST_PRECISION, Math.min(COARSEST_PRECISION, precision));
        return (long) Math.ceil(Math.scalb(NANOS_PER_SECOND, exponent)) + 1;
    }
}
