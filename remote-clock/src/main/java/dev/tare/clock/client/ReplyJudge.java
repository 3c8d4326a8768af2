package dev.tare.clock.client;

import dev.tare.clock.estimate.NtpExchange;
import dev.tare.clock.wire.NtpReply;
import dev.tare.clock.wire.NtpTime;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decides what a received packet means for the one request that is open. */
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
     * Judges bytes 0 to {@code length} of a packet. Whatever carries the nonce answers the request, and is judged aloud.
     *
     * @return null when this is no answer to the request with this nonce
     */
    Exchanger.@Nullable ExchangeOutcome judge(ByteBuffer packet, int length, long nonce, long sentNs, long arrivedNs) {
        if (NtpReply.answers(packet, length, nonce)) {
            NtpReply.Fault fault = NtpReply.lengthFault(packet, length);
            return fault == null ? judge(NtpReply.read(packet), sentNs, arrivedNs) : new Exchanger.Rejection(fault);
        }
        return NtpReply.echoes(packet, length, nonce) ? new Exchanger.Rejection(NtpReply.echo()) : null;
    }

    private Exchanger.ExchangeOutcome judge(NtpReply reply, long sentNs, long arrivedNs) {
        String kissCode = reply.kissCode();
        if (kissCode != null) {
            return new Exchanger.Kiss(kissCode);
        }
        NtpReply.Fault fault = reply.fault();
        if (fault != null) {
            return new Exchanger.Rejection(fault);
        }
        long granularityNs = granularityNs(reply.precision());
        long receivedNs = NtpTime.toUnixNs(reply.receiveTime(), pivotUnixNs);
        long sentByServerNs = NtpTime.toUnixNs(reply.transmitTime(), pivotUnixNs);
        long heldNs = sentByServerNs - receivedNs;
        if (heldNs < 0 || heldNs - 2 * granularityNs > SLOWEST_LOCAL_CLOCK * (arrivedNs - sentNs)) {
            return new Exchanger.Rejection(NtpReply.Fault.times(
                    "it held the request for " + heldNs + " ns, of a round trip of " + (arrivedNs - sentNs) + " ns"));
        }
        return new Exchanger.Answered(new NtpExchange(
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
