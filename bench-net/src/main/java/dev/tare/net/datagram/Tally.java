package dev.tare.net.datagram;

import dev.tare.net.stream.ByteCount;
import java.nio.ByteBuffer;

/**
 * What a receiver makes of numbered datagrams, as iperf3 counts them: a gap in the numbers is a loss until the missing one
 * comes late, and then it is reordered instead. Jitter is the smoothed deviation of travel times of RFC 3550, section
 * 6.4.1, for which the two clocks need not agree.
 *
 * <p>One thread adds. Others may read the other figures after they have read {@link #received}, which publishes them.
 */
public final class Tally {
    private static final double SMOOTHING = 1.0 / 16;
    private static final double NS_PER_US = 1000;

    private final ByteCount received = new ByteCount();
    private final ByteCount content = new ByteCount();
    private long count;
    private long expected;
    private long previousTransitNs;
    private long lost;
    private long reordered;
    private double jitterNs;

    /** Counts a datagram that has just come and lies between the buffer's start and its limit. */
    public void add(ByteBuffer datagram, long nowNs) {
        long number = Numbered.number(datagram);
        if (number >= expected) {
            if (number > expected) {
                lost += number - expected;
            }
            expected = number + 1;
        } else {
            reordered++;
            lost--;
        }
        long transitNs = nowNs - Numbered.sentNs(datagram);
        if (count > 0) {
            jitterNs += (Math.abs(transitNs - previousTransitNs) - jitterNs) * SMOOTHING;
        }
        previousTransitNs = transitNs;
        content.set(content.total() + datagram.limit());
        received.set(++count);
    }

    /** Datagrams that came. */
    public ByteCount received() {
        return received;
    }

    /** Bytes in the datagrams that came. */
    public ByteCount content() {
        return content;
    }

    /** Datagrams whose number was passed over and which have not come since. */
    public long lost() {
        return lost;
    }

    /** Datagrams that came after one with a higher number. */
    public long reordered() {
        return reordered;
    }

    /** Smoothed deviation of the travel times, in microseconds. */
    public double jitterUs() {
        return jitterNs / NS_PER_US;
    }
}
