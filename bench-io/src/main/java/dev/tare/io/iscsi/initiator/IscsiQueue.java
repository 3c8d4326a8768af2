package dev.tare.io.iscsi.initiator;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.io.device.Facts;
import dev.tare.io.iscsi.pdu.ConnectionLost;
import dev.tare.io.iscsi.scsi.Capacity;
import dev.tare.io.iscsi.scsi.CommandBlock;
import dev.tare.io.iscsi.scsi.ScsiFailure;
import dev.tare.io.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A thread's outstanding I/Os on a logical unit, over a session of its own.
 *
 * <p>A connection that is lost is opened again once. What was in flight then has failed, and {@link #await} says so;
 * when nothing was, the work goes on and the facts at the end tell it.
 */
final class IscsiQueue implements BlockQueue {
    private final SessionOpener opener;
    private final long idleLimitNs;
    private final Portal portal;
    private final LunAddress address;
    private final Capacity capacity;
    private final int blockBytes;
    private final int blocks;
    private final ByteBuffer[] buffers;
    private final long[] positions;
    private final boolean[] writes;
    private final SlotRing held;
    /** Of all sessions, one after the other. */
    private final Notices notices = new Notices();

    private int holding;
    private Session session;
    private boolean reconnected;
    private long idleSinceNs;

    private IscsiQueue(SessionOpener opener, Portal portal, LunAddress address, Capacity capacity, ByteBuffer[] buffers)
            throws IOException {
        this.opener = opener;
        this.idleLimitNs = opener.options().idleLimit().toNanos();
        this.portal = portal;
        this.address = address;
        this.capacity = capacity;
        this.buffers = buffers;
        this.blockBytes = buffers[0].capacity();
        this.blocks = blockBytes / capacity.blockBytes();
        this.positions = new long[buffers.length];
        this.writes = new boolean[buffers.length];
        this.held = new SlotRing(buffers.length);
        this.session = openSession();
    }

    static IscsiQueue open(
            SessionOpener opener, Portal portal, LunAddress address, Capacity capacity, int depth, int blockBytes)
            throws IOException {
        ByteBuffer[] buffers = new ByteBuffer[depth];
        for (int slot = 0; slot < depth; slot++) {
            buffers[slot] = ByteBuffer.allocateDirect(blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return new IscsiQueue(opener, portal, address, capacity, buffers);
    }

    private Session openSession() throws IOException {
        Session opened = opener.open(portal, address.target(), address.unit(), buffers, notices);
        try {
            LogicalUnit.awaitReady(opened);
            idleSinceNs = System.nanoTime();
            return opened;
        } catch (IOException e) {
            try {
                opened.close();
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    @Override
    public int depth() {
        return buffers.length;
    }

    @Override
    public ByteBuffer buffer(int slot) {
        return buffers[slot];
    }

    @Override
    public void submitRead(int slot, long positionBytes) throws IOException {
        submit(slot, false, positionBytes);
    }

    @Override
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
        if (session.outstanding() == 0 && holding == 0 && System.nanoTime() - idleSinceNs > idleLimitNs) {
            wake();
        }
        if (session.isLeaving()) {
            held.add(slot);
            holding++;
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

    @Override
    public int await() throws IOException {
        if (holding > 0 && session.outstanding() == 0) {
            comeAgain();
        }
        int inFlight = session.outstanding();
        if (inFlight == 0) {
            throw DeviceException.nothingOutstanding(address.toString());
        }
        try {
            int slot = session.await();
            if (inFlight == 1) {
                idleSinceNs = System.nanoTime();
            }
            return slot;
        } catch (ScsiFailure e) {
            throw new DeviceException(address + ": " + e.command(), "GOOD", e.outcome(), advice(e), e);
        } catch (ConnectionLost e) {
            String outcome = outcomeOfReconnect(e);
            throw new DeviceException(
                    address + ": " + inFlight + " I/Os in flight",
                    "their completion",
                    e.getMessage() + "; reconnect: " + outcome,
                    "this iteration is void; see the target's log",
                    e);
        } catch (IOException e) {
            throw new DeviceException(
                    address + ": " + inFlight + " I/Os in flight",
                    "their completion",
                    String.valueOf(e.getMessage()),
                    "the session is over; see the target's log",
                    e);
        }
    }

    private static String advice(ScsiFailure failure) {
        Sense sense = failure.sense();
        return sense != null && sense.isUnitAttention()
                ? "somebody changed the unit during the run; repeat it undisturbed"
                : "see the target's log";
    }

    private String outcomeOfReconnect(ConnectionLost cause) {
        try {
            reconnect(cause);
            return "succeeded, the target is back";
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }

    private void reconnect(ConnectionLost cause) throws IOException {
        session.close();
        if (reconnected) {
            throw new DeviceException(
                    address.toString(), "at most one lost connection", "a second one", "see the target's log", cause);
        }
        reconnected = true;
        session = openSession();
    }

    /** Does what the target asked for: a logout and a new login; then what was held back goes out. */
    private void comeAgain() throws IOException {
        session.close();
        session = openSession();
        for (; holding > 0; holding--) {
            int slot = held.remove();
            session.submit(slot, writes[slot], positions[slot] / capacity.blockBytes(), blocks, blockBytes);
        }
    }

    @Override
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

    @Override
    public void close() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        if (reconnected) {
            facts.put("iscsi-reconnects", "1");
        }
        if (notices.resets() > 0) {
            facts.put("iscsi-unit-attentions", Integer.toString(notices.resets()));
        }
        if (notices.isWindowClosed()) {
            facts.put(
                    "iscsi-command-window",
                    "full at times: the target accepted fewer commands at once than were to be outstanding");
        }
        if (!notices.words().isEmpty()) {
            facts.put("iscsi-notices", String.join("; ", notices.words()));
        }
        Facts.print(System.out, facts);
        session.close();
    }
}
