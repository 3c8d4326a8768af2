package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.InitiatorLogin;
import dev.tare.iscsi.login.LoginRefused;
import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.PduReceiver;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.ScsiFailure;
import dev.tare.iscsi.scsi.UnitNumber;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/**
 * A session with one logical unit over one connection, for one thread.
 *
 * <p>Commands are submitted to slots {@code 0 .. depth-1} and end in any order; each slot has its own buffer. Nothing is
 * sent before {@link #await}, which sends everything that was submitted in as few system calls as it can, waits for one
 * command to end, and gives up when the target is silent for too long. After the first start nothing is allocated per
 * command.
 *
 * <p>When a method throws anything but {@link ScsiFailure}, the session is over and can only be closed.
 */
final class InitiatorSession implements Closeable {
    private static final int LOGOUT_WAIT_MS = 250;
    private static final long NS_PER_MS = 1_000_000;

    private final Wire wire;
    private final Logins.Server server;
    private final List<String> rejected;
    private final PduReceiver receiver;
    private final Task[] tasks;
    private final Task.SlotQueue completed;
    private final Requests requests;
    private final ControlResponses control;
    private final Timeouts timeouts;
    private final SessionParameters parameters;
    private final SessionOptions options;
    private int outstanding;
    private boolean over;
    private boolean started;

    /**
     * Opens a session with one logical unit.
     *
     * @param target the target's IQN
     * @param unit its LUN
     * @param buffers one for each slot
     * @param events where it is kept what the target does besides answering
     * @throws LoginRefused when the target says no
     */
    static InitiatorSession open(
            Logins logins, Portal portal, String target, int unit, ByteBuffer[] buffers, SessionEvents events)
            throws IOException {
        long lun = UnitNumber.encode(unit);
        return new InitiatorSession(logins.logIn(portal, target), logins.options(), lun, buffers, events);
    }

    private InitiatorSession(
            Logins.LoggedIn connection, SessionOptions options, long lun, ByteBuffer[] buffers, SessionEvents events) {
        PduStream stream = connection.stream();
        InitiatorLogin.Outcome login = connection.outcome();
        this.wire = stream.wire();
        this.server = connection.server();
        this.rejected = login.rejected();
        this.receiver = stream.receiver();
        this.parameters = login.parameters();
        this.options = options;
        this.tasks = new Task[buffers.length];
        for (int slot = 0; slot < tasks.length; slot++) {
            tasks[slot] = new Task(slot, buffers[slot]);
        }
        this.completed = new Task.SlotQueue(tasks.length);
        CommandWindow window =
                new CommandWindow(login.commandNumber(), login.maxCommandNumber(), login.expectedStatusNumber());
        stream.sender().useDigests(parameters.headerDigest(), parameters.dataDigest());
        this.requests = new Requests(stream.sender(), tasks, parameters, window, events, lun);
        this.control = new ControlResponses(window, requests, events);
        this.timeouts = new Timeouts(tasks, control, options.waits().answerLimit(), lun, wire);
        CommandResponses answers =
                new CommandResponses(tasks, parameters, window, requests, completed, events, control);
        receiver.handTo(answers, parameters.maxReceiveBytes(), parameters.headerDigest(), parameters.dataDigest());
    }

    /** What was agreed at the login. */
    SessionParameters parameters() {
        return parameters;
    }

    /** Who serves this session. */
    Logins.Server server() {
        return server;
    }

    /** What the target rejected at the login, for the message when it ends the connection soon after. */
    List<String> rejected() {
        return rejected;
    }

    /** Whether the target asked for a logout and a new login; what is outstanding ends in the usual way. */
    boolean isLeaving() {
        return control.isLeaving();
    }

    /** Number of commands that were submitted and have not been returned by {@link #await}. */
    int outstanding() {
        return outstanding;
    }

    /**
     * Submits READ or WRITE.
     *
     * @param slot an idle slot
     * @param durable whether it is on the medium when it is done; of writes alone
     * @param address first block
     * @param bytes length, which the slot's buffer holds from its beginning
     */
    void submit(int slot, boolean write, boolean durable, long address, int blocks, int bytes) {
        Task task = idle(slot);
        task.block.putLong(0, 0).putLong(Long.BYTES, 0);
        CommandBlock.transfer(task.block, 0, write, durable, address, blocks);
        begin(task, write, task.buffer(), bytes, true);
    }

    /**
     * Submits any command that moves no data or reads.
     *
     * @param block its 16 bytes
     * @param bytes most bytes of the answer
     */
    void submit(int slot, byte[] block, int bytes) {
        Task task = idle(slot);
        task.block.put(0, block);
        begin(task, false, task.buffer(), bytes, false);
    }

    /**
     * Submits any command that sends data. That the target asks for all of them counts, not how many it says it used: tgt says none of
     * UNMAP's list.
     *
     * @param block its 16 bytes
     * @param data what it sends, from index 0 to its capacity, which must stay as it is until the command has ended
     */
    void submit(int slot, byte[] block, ByteBuffer data) {
        Task task = idle(slot);
        task.block.put(0, block);
        begin(task, true, data, data.capacity(), false);
    }

    private Task idle(int slot) {
        Task task = tasks[slot];
        if (task.active) {
            throw new IllegalStateException("slot " + slot + ": expected idle, got outstanding " + task);
        }
        return task;
    }

    private void begin(Task task, boolean write, ByteBuffer source, int bytes, boolean exactly) {
        task.begin(write, source, bytes, exactly);
        if (outstanding++ == 0) {
            // A target that was asked nothing had nothing to say: its silence begins now.
            timeouts.heard(true);
        }
        requests.command(task.slot());
    }

    /**
     * Waits for a command to end.
     *
     * @return its slot
     * @throws ScsiFailure when a command ended otherwise than with GOOD; its slot is idle again
     * @throws ProtocolViolation when the target says something that is not allowed
     * @throws IOException when the connection is lost or the target is silent
     */
    int await() throws IOException {
        if (outstanding == 0) {
            throw new IllegalStateException("await: expected an outstanding command, got none");
        }
        while (completed.isEmpty()) {
            turn();
        }
        int slot = completed.remove();
        outstanding--;
        ScsiFailure failure = tasks[slot].failure;
        if (failure != null) {
            throw failure;
        }
        return slot;
    }

    /**
     * Waits until {@link #await} would return at once, but not beyond a time. The last two milliseconds it spins, because
     * a connection can be waited for by the millisecond only.
     *
     * @param untilNs on the clock of {@link System#nanoTime()}
     * @return false when the time has come and no command has ended
     */
    boolean awaitUntil(long untilNs) throws IOException {
        while (completed.isEmpty()) {
            long leftNs = untilNs - System.nanoTime();
            turn(Math.max(0, leftNs / NS_PER_MS - 1));
            if (leftNs <= 0) {
                return !completed.isEmpty();
            }
        }
        return true;
    }

    /** Bytes that the last command of a slot has read. */
    int received(int slot) {
        return tasks[slot].received;
    }

    /**
     * Takes what came while nothing was outstanding, such as a ping of the target.
     *
     * @throws IOException when the connection is lost
     */
    void refresh() throws IOException {
        try {
            while (receiver.receive()) {
                timeouts.heard(true);
            }
            requests.flush();
        } catch (IOException | RuntimeException e) {
            over = true;
            throw e;
        }
    }

    private void turn() throws IOException {
        turn(timeouts.waitMs());
    }

    /** Sends what is to be sent and takes what has come; waits for it, but no longer than this. */
    private void turn(long longestMs) throws IOException {
        if (over) {
            throw new IOException("the session is over: open a new one");
        }
        try {
            if (!started) {
                started = true;
                receiver.resume();
            }
            boolean sent = requests.flush();
            boolean isPatient = longestMs >= timeouts.waitMs();
            boolean mayRead = longestMs == 0 || wire.await(!sent, isPatient ? timeouts.waitMs() : longestMs);
            boolean heard = mayRead && receiver.receive();
            timeouts.heard(heard);
            if (timeouts.isDue(isPatient && !mayRead)) {
                ScsiFailure aborted = timeouts.tick(System.nanoTime());
                if (aborted != null) {
                    fail(aborted);
                }
            }
        } catch (IOException | RuntimeException e) {
            over = true;
            throw e;
        }
    }

    private void fail(ScsiFailure aborted) {
        Task task = tasks[timeouts.abortedSlot()];
        task.active = false;
        task.failure = aborted;
        completed.add(task.slot());
    }

    /**
     * Logs out, if the session is not over, and closes the connection. A target that ends the connection instead of answering
     * has done what it was asked for: nothing is outstanding that could be lost, and istgt, for one, often closes before its
     * sending thread has come to the answer.
     *
     * @throws IOException when the target did not let us go in good order
     */
    @Override
    public void close() throws IOException {
        try (Wire closing = wire) {
            if (!over) {
                logout(closing);
            }
        } finally {
            over = true;
        }
    }

    private void logout(Wire open) throws IOException {
        control.logout();
        long untilNs = System.nanoTime() + options.waits().connectLimit().toNanos();
        while (control.isLogoutOpen()) {
            boolean sent = requests.flush();
            try {
                if (!receiver.receive()) {
                    open.await(!sent, LOGOUT_WAIT_MS);
                }
            } catch (ConnectionLost ended) {
                if (sent && outstanding == 0) {
                    return;
                }
                throw ended;
            }
            if (System.nanoTime() - untilNs > 0) {
                throw new IOException(String.format(
                        Locale.ROOT,
                        "logout: no answer from %s within %d ms",
                        open.peer(),
                        options.waits().connectLimit().toMillis()));
            }
        }
    }
}
