package dev.tare.io.workload;

import java.util.Arrays;

/** The slots of a queue: which are idle, and what the others do since when. */
final class Outstanding {
    private static final long IDLE = -1;

    private final long[] positions;
    private final int[] lengths;
    private final long[] dueNs;
    private final long[] submittedNs;
    private final Operation[] operations;
    private final int[] idleSlots;
    private int idle;

    Outstanding(int depth) {
        positions = new long[depth];
        lengths = new int[depth];
        dueNs = new long[depth];
        submittedNs = new long[depth];
        operations = new Operation[depth];
        idleSlots = new int[depth];
        Arrays.fill(positions, IDLE);
        Arrays.fill(operations, Operation.READ);
        for (int slot = 0; slot < depth; slot++) {
            idleSlots[idle++] = slot;
        }
    }

    boolean hasIdle() {
        return idle > 0;
    }

    boolean isEmpty() {
        return idle == idleSlots.length;
    }

    /** Takes an idle slot for an I/O. */
    int begin(Operation operation, long position, int bytes) {
        int slot = idleSlots[--idle];
        operations[slot] = operation;
        positions[slot] = position;
        lengths[slot] = bytes;
        return slot;
    }

    /** Notes when the I/O was requested and when it was handed to the queue. */
    void submit(int slot, long due, long submitted) {
        dueNs[slot] = due;
        submittedNs[slot] = submitted;
    }

    Operation operation(int slot) {
        return operations[slot];
    }

    long position(int slot) {
        return positions[slot];
    }

    int bytes(int slot) {
        return lengths[slot];
    }

    /** When the I/O was requested; in a closed loop, when it was submitted. */
    long dueNs(int slot) {
        return dueNs[slot];
    }

    long submittedNs(int slot) {
        return submittedNs[slot];
    }

    /** Makes a slot idle again; what it did is known until the next {@link #begin}. */
    void end(int slot) {
        positions[slot] = IDLE;
        idleSlots[idle++] = slot;
    }

    /** Whether an I/O overlaps one that is outstanding, unless both read. */
    boolean collides(Operation operation, long position, int bytes) {
        for (int slot = 0; slot < positions.length; slot++) {
            long at = positions[slot];
            if (at != IDLE
                    && at < position + bytes
                    && position < at + lengths[slot]
                    && !(operation == Operation.READ && operations[slot] == Operation.READ)) {
                return true;
            }
        }
        return false;
    }
}
