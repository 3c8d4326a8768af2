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
import java.util.Deque;
import java.util.Map;

/**
 * A thread's outstanding I/Os on a logical unit, over a session of its own.
 *
 * <p>A connection that is lost is opened again once. What was in flight then has failed, and {@link #await} says so;
 * when nothing was, the work goes on and the facts at the end tell it.
 */
public final class LunQueue implements Closeable {
    private final Logins logins;
    private final long idleLimitNs;
    private final Portal portal;
    private final Logins.Server server;
    private final LunAddress address;
    private final LogicalUnit.Capacity capacity;
    private final int blockBytes;
    private final int blocks;
    private final ByteBuffer[] buffers;
    private final long[] positions;
    private final boolean[] writes;
    /** Slots that wait for the new login that the target asked for. */
    private final Deque<Integer> held = new ArrayDeque<>();
    /** Of all sessions, one after the other. */
    private final SessionEvents events = new SessionEvents();

    private InitiatorSession session;
    private long idleSinceNs;

    private LunQueue(
            Logins logins,
            Portal portal,
            Logins.Server server,
            LunAddress address,
            LogicalUnit.Capacity capacity,
            ByteBuffer[] buffers)
            throws IOException {
        this.logins = logins;
        this.idleLimitNs = logins.options().idleLimit().toNanos();
        this.portal = portal;
        this.server = server;
        this.address = address;
        this.capacity = capacity;
        this.buffers = buffers;
        this.blockBytes = buffers[0].capacity();
        this.blocks = blockBytes / capacity.blockBytes();
        this.positions = new long[buffers.length];
        this.writes = new boolean[buffers.length];
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
     * The buffer of a slot: always the same direct buffer, little-endian, of exactly one I/O. Position and limit are the
     * queue's own business; use absolute access.
     */
    public ByteBuffer buffer(int slot) {
        return buffers[slot];
    }

    /**
     * Begins to read into the buffer of an idle slot.
     *
     * @param positionBytes position on the unit, a multiple of its block
     */
    public void submitRead(int slot, long positionBytes) throws IOException {
        submit(slot, false, positionBytes);
    }

    /** Begins to write the buffer of an idle slot; the rest is as with {@link #submitRead}. */
    public void submitWrite(int slot, long positionBytes) throws IOException {
        submit(slot, true, positionBytes);
    }

    private void submit(int slot, boolean write, long positionBytes) throws IOException {
        if (positionBytes < 0
                || positionBytes > capacity.bytes() - blockBytes
                || positionBytes % capacity.blockBytes() != 0) {
            throw new IllegalArgumentException("position: expected a multiple of " + capacity.blockBytes() + " up to "
                    + (capacity.bytes() - blockBytes) + ", got " + positionBytes);
        }
        positions[slot] = positionBytes;
        writes[slot] = write;
        if (session.outstanding() == 0 && held.isEmpty() && System.nanoTime() - idleSinceNs > idleLimitNs) {
            wake();
        }
        if (session.isLeaving()) {
            held.add(slot);
        } else {
            session.submit(slot, write, positionBytes / capacity.blockBytes(), blocks, blockBytes);
        }
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
        if (!held.isEmpty() && session.outstanding() == 0) {
            comeAgain();
        }
        int inFlight = session.outstanding();
        if (inFlight == 0) {
            throw new IscsiException("wait on " + address, "an outstanding I/O", "none", "submit one first", null);
        }
        try {
            int slot = session.await();
            if (inFlight == 1) {
                idleSinceNs = System.nanoTime();
            }
            return slot;
        } catch (ScsiFailure e) {
            throw new IscsiException(address + ": " + e.command(), "GOOD", e.outcome(), advice(e), e);
        } catch (ConnectionLost e) {
            String outcome = outcomeOfReconnect(e);
            throw new IscsiException(
                    address + ": " + inFlight + " I/Os in flight",
                    "their completion",
                    e.getMessage() + "; reconnect: " + outcome,
                    "this iteration is void; see the target's log",
                    e);
        } catch (IOException e) {
            throw new IscsiException(
                    address + ": " + inFlight + " I/Os in flight",
                    "their completion",
                    ConnectionLost.reason(e),
                    "the session is over; see the target's log",
                    e);
        }
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
            session.submit(slot, writes[slot], positions[slot] / capacity.blockBytes(), blocks, blockBytes);
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
