package dev.tare.clock.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Waits for a channel: at first by trying again at once, since a wake-up costs more than a round trip on a quick
 * network, then by sleeping. Measured on real time, whatever the clock under test says.
 */
final class Patience implements Closeable {
    private static final long SPIN_NS = 60_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final SelectionKey key;
    private long beginNs;
    private long timeoutNs;

    Patience(SelectableChannel channel) throws IOException {
        selector = Selector.open();
        try {
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    void begin(long timeoutNs) {
        this.timeoutNs = timeoutNs;
        beginNs = System.nanoTime();
    }

    void interest(int operations) {
        key.interestOps(operations);
    }

    /** Returns when it is worth to try again; false when the time is over. */
    boolean await() throws IOException {
        long waitedNs = System.nanoTime() - beginNs;
        if (waitedNs < SPIN_NS) {
            Thread.onSpinWait();
            return true;
        }
        long leftNs = timeoutNs - waitedNs;
        if (leftNs <= 0) {
            return false;
        }
        selector.select(Math.max(1, leftNs / NANOS_PER_MILLI));
        selector.selectedKeys().clear();
        return true;
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
