package dev.tare.clock.server;

import dev.tare.clock.server.ServerStatistics.DropReason;
import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpTime;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Turns requests into replies, whatever network they came by. */
final class Responder {
    private final ServerTimescale timescale;
    private final TokenBuckets buckets;
    private final ServerStatistics.Counters counters;
    private final long referenceTime;

    Responder(ServerTimescale timescale, TokenBuckets buckets, ServerStatistics.Counters counters) {
        this.timescale = timescale;
        this.buckets = buckets;
        this.counters = counters;
        this.referenceTime = NtpTime.fromUnixNs(timescale.startUnixNs());
    }

    ServerStatistics.Counters counters() {
        return counters;
    }

    /** The monotonic clock behind the timescale. */
    long nowNs() {
        return timescale.monotonicNs();
    }

    /**
     * Replaces a request by its reply but for the transmit time.
     *
     * @param receivedNs {@link #nowNs()} when it came
     * @return false when it is to be left unanswered; the reason has been counted
     */
    boolean prepare(ByteBuffer frame, InetAddress client, long receivedNs) {
        NtpPacket.RequestFault fault = NtpPacket.requestFault(frame);
        if (fault != null) {
            counters.drop(fault);
            return false;
        }
        counters.request();
        if (!buckets.take(client, receivedNs)) {
            counters.drop(DropReason.RATE);
            return false;
        }
        NtpPacket.writeReply(
                frame, timescale.precision(), referenceTime, NtpTime.fromUnixNs(timescale.atUnixNs(receivedNs)));
        return true;
    }

    /** Writes the transmit time: the last thing before sending. */
    void stamp(ByteBuffer frame) {
        NtpPacket.stamp(frame, NtpTime.fromUnixNs(timescale.nowUnixNs()));
    }
}
