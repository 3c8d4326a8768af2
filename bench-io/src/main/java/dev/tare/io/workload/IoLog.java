package dev.tare.io.workload;

import java.io.IOException;
import java.io.Writer;

/**
 * Every I/O of a thread, as long as there is room: allocated before measuring, and written when all is measured. Times are
 * nanoseconds since the target was opened.
 */
final class IoLog {
    /** I/Os that a thread keeps; it counts those behind them. */
    static final int MOST = 1_000_000;

    /** What they take: a reference has as many bytes as a long at most. */
    static final long BYTES = MOST * (5L * Long.BYTES + Integer.BYTES);

    private final long[] dueNs = new long[MOST];
    private final long[] submitNs = new long[MOST];
    private final long[] completeNs = new long[MOST];
    private final long[] positions = new long[MOST];
    private final int[] lengths = new int[MOST];
    private final Operation[] operations = new Operation[MOST];
    private int count;
    private long missing;

    /** The columns. */
    static String header() {
        return "thread,due_ns,submit_ns,complete_ns,operation,position_bytes,bytes\n";
    }

    /** Keeps an I/O. */
    void add(Operation operation, long due, long submitted, long completed, long position, int bytes) {
        if (count == MOST) {
            missing++;
            return;
        }
        dueNs[count] = due;
        submitNs[count] = submitted;
        completeNs[count] = completed;
        positions[count] = position;
        lengths[count] = bytes;
        operations[count] = operation;
        count++;
    }

    /** I/Os for which there was no room. */
    long missing() {
        return missing;
    }

    /** Writes a line for each I/O. */
    void write(Writer out, int thread, long openedNs) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < count; i++) {
            line.setLength(0);
            line.append(thread).append(',').append(dueNs[i] - openedNs);
            line.append(',').append(submitNs[i] - openedNs);
            line.append(',').append(completeNs[i] - openedNs);
            line.append(',').append(operations[i].resultName());
            line.append(',').append(positions[i]).append(',').append(lengths[i]).append('\n');
            out.append(line);
        }
    }
}
