package dev.tare.net.stream;

import java.nio.ByteBuffer;

/**
 * The layout of a measured datagram (8 bytes number, 8 bytes time of sending, padding) and what a receiver makes of them, as
 * iperf3 counts: a gap in the numbers is a loss until the missing one comes late, and then it is reordered instead. Jitter is
 * the smoothed deviation of travel times of RFC 3550, section 6.4.1, for which the two clocks need not agree.
 *
 * <p>One thread adds. Others may read the other figures after they have read {@link #received}, which publishes them.
 */
public final class DatagramStatistics {
    /** No measured datagram is shorter. */
    public static final int SMALLEST_BYTES = 2 * Long.BYTES;

    /** What IPv4 can carry behind its own header and UDP's. */
    public static final int LARGEST_BYTES = 65_507;

    private static final double SMOOTHING = 1.0 / 16;
    private static final double NS_PER_US = 1000;

    private final RunningTotal received = new RunningTotal();
    private final RunningTotal content = new RunningTotal();
    private long count;
    private long expected;
    private long previousTransitNs;
    private long lost;
    private long reordered;
    private double jitterNs;

    /** Writes number and time at the buffer's start and makes the whole buffer ready to be sent. */
    public static void stamp(ByteBuffer datagram, long number, long sentNs) {
        datagram.clear();
        datagram.putLong(0, number).putLong(Long.BYTES, sentNs);
    }

    /** Counts a datagram that has just come and lies between the buffer's start and its limit. */
    public void add(ByteBuffer datagram, long nowNs) {
        long number = datagram.getLong(0);
        if (number >= expected) {
            if (number > expected) {
                lost += number - expected;
            }
            expected = number + 1;
        } else {
            reordered++;
            lost--;
        }
        long transitNs = nowNs - datagram.getLong(Long.BYTES);
        if (count > 0) {
            jitterNs += (Math.abs(transitNs - previousTransitNs) - jitterNs) * SMOOTHING;
        }
        previousTransitNs = transitNs;
        content.set(content.total() + datagram.limit());
        received.set(++count);
    }

    /** Datagrams that came. */
    public RunningTotal received() {
        return received;
    }

    /** Bytes in the datagrams that came. */
    public RunningTotal content() {
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
