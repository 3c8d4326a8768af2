package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.PduSender;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.ScsiFailure;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One slot of a session: a command from its submission to its end, and the numbers by which its data are checked. */
final class Task {
    private static final int SLOT_BITS = 12;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    /** The most slots of a session; with the highest slot unused, no tag is 0xffffffff. */
    static final int MAX_SLOTS = SLOT_MASK;

    /** Where the command block is built, without what depends on the session. */
    final ByteBuffer block = ByteBuffer.allocate(CommandBlock.BYTES);

    PduSender.Views sendViews = new PduSender.Views();
    private final int slot;
    private final ByteBuffer buffer;
    private final ByteBuffer receiveView;
    private ByteBuffer dataOut;
    private int generation;

    boolean active;
    boolean write;
    int tag;
    /** Bytes that the command moves. */
    int bytes;
    /** Whether it fails when the target moves fewer, or says so. */
    boolean exact;
    /** Bytes received so far, in order from the beginning. */
    int received;
    /** Bytes that were sent unasked or asked for by an R2T so far, in order from the beginning. */
    int granted;

    int nextDataNumber;
    int nextTransferNumber;
    int openTransfers;
    /** Unit attentions that the command has met, one after the other. */
    int attentions;
    /** Why the command ended otherwise than with GOOD, or null. */
    @Nullable
    ScsiFailure failure;
    /** Bytes that the target says it did not move. */
    int residual;

    /** What the deadline's ticks remember: since when they have seen this tag. */
    int watchedTag = -1;

    long watchedSinceNs;

    /**
     * @param buffer where data that are read go to, from its beginning
     */
    Task(int slot, ByteBuffer buffer) {
        this.slot = slot;
        this.buffer = buffer;
        this.receiveView = buffer.duplicate();
        this.dataOut = buffer;
    }

    static int slotOf(int tag) {
        return tag & SLOT_MASK;
    }

    int slot() {
        return slot;
    }

    /** The slot's buffer. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Where data that are sent come from, from its beginning. */
    ByteBuffer dataOut() {
        return dataOut;
    }

    /**
     * Makes this slot outstanding with a tag that no earlier command of it had for a long time.
     *
     * @param source where data come from that a write sends
     */
    void begin(boolean isWrite, ByteBuffer source, int dataBytes, boolean exactly) {
        active = true;
        dataOut = source;
        exact = exactly;
        write = isWrite;
        bytes = dataBytes;
        failure = null;
        attentions = 0;
        sendViews.reset();
        renew();
    }

    /** Begins anew, with a new tag: the target did not execute the command. */
    void restart() {
        attentions++;
        leaveData();
        renew();
    }

    /** Leaves data that are still on their way out to whoever sends them: the command has ended before them. */
    void leaveData() {
        sendViews = new PduSender.Views();
    }

    private void renew() {
        generation++;
        tag = generation << SLOT_BITS | slot;
        received = 0;
        granted = 0;
        residual = 0;
        nextDataNumber = 0;
        nextTransferNumber = 0;
        openTransfers = 0;
    }

    /** The window of the buffer for the next data of this length. */
    ByteBuffer receiveWindow(int length) {
        return receiveView.limit(received + length).position(received);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (task 0x%08x)", CommandBlock.words(block), tag);
    }

    /** A first-in first-out queue of slot numbers that never allocates. */
    static final class SlotQueue {
        private final int[] slots;
        private int first;
        private int size;

        SlotQueue(int capacity) {
            slots = new int[capacity];
        }

        boolean isEmpty() {
            return size == 0;
        }

        void add(int slot) {
            slots[(first + size++) % slots.length] = slot;
        }

        int remove() {
            int slot = slots[first];
            first = (first + 1) % slots.length;
            size--;
            return slot;
        }
    }
}
