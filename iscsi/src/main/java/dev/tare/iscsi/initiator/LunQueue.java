package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.ScsiFailure;
import dev.tare.iscsi.scsi.Sense;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;

/**
 * A thread's outstanding I/Os on a logical unit, over a session of its own.
 *
 * <p>A connection that is lost is opened again once. What was in flight then has failed, and {@link #await} says so;
 * when nothing was, the work goes on and the facts at the end tell it.
 */
public final class LunQueue implements Closeable {
    private static final byte[] UNMAP = CommandBlock.unmap();

    private final Logins logins;
    private final long idleLimitNs;
    private final Portal portal;
    private final Logins.Server server;
    private final LunAddress address;
    private final LogicalUnit.Capacity capacity;
    private final int blockBytes;
    private final ByteBuffer[] buffers;
    private final long[] positions;
    private final int[] lengths;
    private final Operation[] operations;
    /** The ranges that discards name, of each slot. */
    private final ByteBuffer[] ranges;
    /** Slots that wait for the new login that the target asked for. */
    private final Deque<Integer> held = new ArrayDeque<>();
    /** Of all sessions, one after the other. */
    private final SessionEvents events = new SessionEvents();

    private InitiatorSession session;
    private long idleSinceNs;

    private enum Operation {
        READ,
        WRITE,
        DISCARD
    }

    private LunQueue(
            Logins logins,
            Portal portal,
            Logins.Server server,
            LunAddress address,
            LogicalUnit.Capacity capacity,
            ByteBuffer[] buffers)
            throws IOException {
        this.logins = logins;
        this.idleLimitNs = logins.options().waits().idleLimit().toNanos();
        this.portal = portal;
        this.server = server;
        this.address = address;
        this.capacity = capacity;
        this.buffers = buffers;
        this.blockBytes = buffers[0].capacity();
        this.positions = new long[buffers.length];
        this.lengths = new int[buffers.length];
        this.operations = new Operation[buffers.length];
        this.ranges = new ByteBuffer[buffers.length];
        Arrays.setAll(ranges, slot -> ByteBuffer.allocate(CommandBlock.UNMAP_LIST_BYTES));
        this.session = openSession();
    }

    /**
     * @param server who is known to serve at the portal: a session that another serves tells so
     */
    static LunQueue open(
            Logins logins,
            Portal portal,
            Logins.Server server,
            LunAddress address,
            LogicalUnit.Capacity capacity,
            int depth,
            int blockBytes)
            throws IOException {
        if (depth < 1 || depth > Task.MAX_SLOTS || blockBytes < 1 || blockBytes % capacity.blockBytes() != 0) {
            throw new IllegalArgumentException("queue: expected a depth of 1 to " + Task.MAX_SLOTS
                    + " and I/Os of a multiple of " + capacity.blockBytes() + " bytes, got " + depth + " and "
                    + blockBytes);
        }
        ByteBuffer[] buffers = new ByteBuffer[depth];
        for (int slot = 0; slot < depth; slot++) {
            buffers[slot] = ByteBuffer.allocateDirect(blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return new LunQueue(logins, portal, server, address, capacity, buffers);
    }

    private InitiatorSession openSession() throws IOException {
        InitiatorSession opened =
                InitiatorSession.open(logins, portal, address.target(), address.unit(), buffers, events);
        try {
            if (!opened.server().isSameAs(server)) {
                events.message("a session was served by " + opened.server());
            }
            LogicalUnit.awaitReady(opened);
            idleSinceNs = System.nanoTime();
            return opened;
        } catch (IOException | RuntimeException e) {
            try {
                opened.close();
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /** Number of slots. */
    public int depth() {
        return buffers.length;
    }

    /**
     * The buffer of a slot: always the same direct buffer, little-endian, as long as the longest I/O. Position and limit are the
     * queue's own business; use absolute access.
     */
    public ByteBuffer buffer(int slot) {
        return buffers[slot];
    }

    /**
     * Begins to read into the buffer of an idle slot, from its beginning.
     *
     * @param positionBytes position on the unit, a multiple of its block
     * @param bytes how many, a multiple of its block, at most the buffer's
     */
    public void submitRead(int slot, long positionBytes, int bytes) throws IOException {
        submit(slot, Operation.READ, positionBytes, bytes);
    }

    /** Begins to fill the buffer of an idle slot. */
    public void submitRead(int slot, long positionBytes) throws IOException {
        submit(slot, Operation.READ, positionBytes, blockBytes);
    }

    /** Begins to write from the beginning of the buffer of an idle slot; the rest is as with {@link #submitRead(int, long, int)}. */
    public void submitWrite(int slot, long positionBytes, int bytes) throws IOException {
        submit(slot, Operation.WRITE, positionBytes, bytes);
    }

    /** Begins to write the whole buffer of an idle slot. */
    public void submitWrite(int slot, long positionBytes) throws IOException {
        submit(slot, Operation.WRITE, positionBytes, blockBytes);
    }

    /**
     * Begins to tell the unit, by UNMAP, that bytes are no longer needed; the slot's buffer has no part in it. The rest is as
     * with {@link #submitRead(int, long, int)}. Whether the unit takes it, {@link Lun#requireDiscards} has asked before.
     */
    public void submitDiscard(int slot, long positionBytes, int bytes) throws IOException {
        submit(slot, Operation.DISCARD, positionBytes, bytes);
    }

    private void submit(int slot, Operation operation, long positionBytes, int bytes) throws IOException {
        if (bytes < 1 || bytes > blockBytes || bytes % capacity.blockBytes() != 0) {
            throw new IllegalArgumentException("bytes: expected a multiple of " + capacity.blockBytes() + " up to "
                    + blockBytes + ", got " + bytes);
        }
        if (positionBytes < 0
                || positionBytes > capacity.bytes() - bytes
                || positionBytes % capacity.blockBytes() != 0) {
            throw new IllegalArgumentException("position: expected a multiple of " + capacity.blockBytes() + " up to "
                    + (capacity.bytes() - bytes) + ", got " + positionBytes);
        }
        positions[slot] = positionBytes;
        lengths[slot] = bytes;
        operations[slot] = operation;
        if (session.outstanding() == 0 && held.isEmpty() && System.nanoTime() - idleSinceNs > idleLimitNs) {
            wake();
        }
        if (session.isLeaving()) {
            held.add(slot);
        } else {
            send(slot);
        }
    }

    private void send(int slot) {
        long address = positions[slot] / capacity.blockBytes();
        int blocks = lengths[slot] / capacity.blockBytes();
        if (operations[slot] == Operation.DISCARD) {
            CommandBlock.unmapList(ranges[slot], address, blocks);
            session.submit(slot, UNMAP, ranges[slot]);
            return;
        }
        boolean write = operations[slot] == Operation.WRITE;
        session.submit(slot, write, write && logins.options().durableWrites(), address, blocks, lengths[slot]);
    }

    /** Looks whether the connection outlived the pause. */
    private void wake() throws IOException {
        try {
            session.refresh();
        } catch (ConnectionLost e) {
            reconnect(e);
        }
    }

    /**
     * Waits until an outstanding I/O has been completed in full.
     *
     * @return its slot, idle again
     * @throws IscsiException when an I/O failed or transferred less than its buffer, or when none is outstanding; the queue
     *     can only be closed then
     */
    public int await() throws IOException {
        int inFlight = inFlight();
        try {
            int slot = session.await();
            if (inFlight == 1) {
                idleSinceNs = System.nanoTime();
            }
            return slot;
        } catch (IOException e) {
            throw explained(e, inFlight);
        }
    }

    /**
     * Waits until {@link #await} would return at once, but not beyond a time.
     *
     * @param untilNs on the clock of {@link System#nanoTime()}
     * @return false when the time has come and nothing is completed
     * @throws IscsiException as {@link #await} throws it
     */
    public boolean awaitUntil(long untilNs) throws IOException {
        int inFlight = inFlight();
        try {
            return session.awaitUntil(untilNs);
        } catch (IOException e) {
            throw explained(e, inFlight);
        }
    }

    /** I/Os that the target has; what was held back goes out first when it has none. */
    private int inFlight() throws IOException {
        if (!held.isEmpty() && session.outstanding() == 0) {
            comeAgain();
        }
        if (session.outstanding() == 0) {
            throw new IscsiException("wait on " + address, "an outstanding I/O", "none", "submit one first", null);
        }
        return session.outstanding();
    }

    private IscsiException explained(IOException failure, int inFlight) {
        if (failure instanceof ScsiFailure scsi) {
            return new IscsiException(address + ": " + scsi.command(), "GOOD", scsi.outcome(), advice(scsi), scsi);
        }
        String got = failure instanceof ConnectionLost lost
                ? lost.getMessage() + "; reconnect: " + outcomeOfReconnect(lost)
                : ConnectionLost.reason(failure);
        String advice = failure instanceof ConnectionLost
                ? "this iteration is void; see the target's log"
                : "the session is over; see the target's log";
        return new IscsiException(
                address + ": " + inFlight + " I/Os in flight", "their completion", got, advice, failure);
    }

    private static String advice(ScsiFailure failure) {
        Sense sense = failure.sense();
        if (sense == null || !sense.isUnitAttention()) {
            return "see the target's log";
        }
        String reason = sense.voidsTheRun();
        return reason == null
                ? "the unit has answered the command with news " + CommandResponses.MOST_ATTENTIONS
                        + " times before; see the target's log"
                : reason;
    }

    private String outcomeOfReconnect(ConnectionLost cause) {
        try {
            reconnect(cause);
            return "succeeded, the target is back";
        } catch (IOException e) {
            return "failed: " + ConnectionLost.reason(e);
        }
    }

    private void reconnect(ConnectionLost cause) throws IOException {
        session.close();
        if (events.reconnects() > 0) {
            throw new IscsiException(
                    address.toString(), "at most one lost connection", "a second one", "see the target's log", cause);
        }
        events.reconnected();
        session = openSession();
    }

    /** Does what the target asked for: a logout and a new login; then what was held back goes out. */
    private void comeAgain() throws IOException {
        session.close();
        session = openSession();
        while (!held.isEmpty()) {
            int slot = held.remove();
            send(slot);
        }
    }

    /** Makes everything written by this queue durable; no slot may be outstanding. */
    public void flush() throws IOException {
        session.submit(0, CommandBlock.synchronizeCache(), 0);
        try {
            session.await();
        } catch (ScsiFailure e) {
            Sense sense = e.sense();
            if (sense == null || !sense.equals(Sense.INVALID_OPERATION)) {
                throw e;
            }
            // A unit that does not know the command has no cache to flush.
        }
    }

    /** What happened besides I/O, in the order in which it is printed; empty when nothing did. */
    public Map<String, String> events() {
        return events.facts();
    }

    /** Gives up what is outstanding, and logs out where the target still listens. */
    @Override
    public void close() throws IOException {
        session.close();
    }
}
