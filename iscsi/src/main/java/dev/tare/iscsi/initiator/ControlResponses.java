package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.ProtocolViolation;
import dev.tare.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is not the course of a command: pings, task management and logout with their requests, asynchronous
 * messages, rejects.
 */
final class ControlResponses {
    /** Tag of our pings; its slot is one that no task has. */
    static final int PING_TAG = 0x7fff_ffff;

    static final int LOGOUT_TAG = 0x6fff_ffff;
    static final int ABORT_TAG = 0x5fff_ffff;

    private static final int EVENT = 36;
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final CommandWindow window;
    private final Requests requests;
    private final SessionEvents events;
    private boolean pingOpen;
    private boolean logoutOpen;
    private boolean abortOpen;
    private @Nullable Integer abortResponse;
    private boolean leaving;

    ControlResponses(CommandWindow window, Requests requests, SessionEvents events) {
        this.window = window;
        this.requests = requests;
        this.events = events;
    }

    /** Asks whether the target is still there, unless a question is open. */
    void ping() {
        if (!pingOpen) {
            pingOpen = true;
            requests.control(
                    Header.blank()
                            .clear(Opcode.NOP_OUT)
                            .flags(Header.FINAL)
                            .taskTag(PING_TAG)
                            .transferTag(Header.NO_TAG),
                    NO_DATA);
        }
    }

    /** Asks the target to abort a task. */
    void abort(Task task, long lun) {
        abortOpen = true;
        abortResponse = null;
        requests.control(
                Header.blank()
                        .clear(Opcode.TASK_REQUEST)
                        .flags(Header.FINAL | 1)
                        .lun(lun)
                        .taskTag(ABORT_TAG)
                        .transferTag(task.tag),
                NO_DATA);
    }

    /** What the target said to {@link #abort} (RFC 7143, section 11.6.1), or null as long as it did not. */
    @Nullable
    Integer abortResponse() {
        return abortResponse;
    }

    /** Asks to end the session. */
    void logout() {
        logoutOpen = true;
        requests.control(
                Header.blank().clear(Opcode.LOGOUT_REQUEST).flags(Header.FINAL).taskTag(LOGOUT_TAG), NO_DATA);
    }

    boolean isLogoutOpen() {
        return logoutOpen;
    }

    /** Whether the target asked us to log out and come again. */
    boolean isLeaving() {
        return leaving;
    }

    void take(Header header, ByteBuffer data) throws IOException {
        switch (header.opcode()) {
            case Opcode.NOP_IN -> ping(header, data);
            case Opcode.TASK_RESPONSE -> {
                expectTag(header, abortOpen, ABORT_TAG);
                abortOpen = false;
                abortResponse = header.octet(2);
            }
            case Opcode.LOGOUT_RESPONSE -> {
                expectTag(header, logoutOpen, LOGOUT_TAG);
                logoutOpen = false;
                if (header.octet(2) != 0) {
                    throw new ProtocolViolation(
                            "the target does not end the session: logout response " + header.octet(2));
                }
            }
            case Opcode.ASYNC_MESSAGE -> asynchronous(header, data);
            case Opcode.REJECT -> reject(header, data);
            default -> throw ProtocolViolation.expected("an answer of a target", header.toString());
        }
    }

    private void expectTag(Header header, boolean open, int tag) throws ProtocolViolation {
        window.takeStatus(header);
        if (!open || header.taskTag() != tag) {
            throw ProtocolViolation.expected("an answer to an open request", header.toString());
        }
    }

    private void ping(Header header, ByteBuffer data) throws ProtocolViolation {
        if (header.taskTag() != Header.NO_TAG) {
            expectTag(header, pingOpen, PING_TAG);
            pingOpen = false;
        } else if (header.statusNumber() != window.expectedStatusNumber()) {
            throw ProtocolViolation.expected(
                    "StatSN " + Integer.toUnsignedString(window.expectedStatusNumber()), header.toString());
        }
        if (header.transferTag() != Header.NO_TAG) {
            events.pinged();
            ByteBuffer echo = ByteBuffer.allocate(data.remaining()).put(data).flip();
            requests.control(
                    Header.blank()
                            .clear(Opcode.NOP_OUT)
                            .flags(Header.FINAL)
                            .lun(header.lun())
                            .taskTag(Header.NO_TAG)
                            .transferTag(header.transferTag()),
                    echo);
        }
    }

    private void asynchronous(Header header, ByteBuffer data) throws IOException {
        window.takeStatus(header);
        int event = header.octet(EVENT);
        int seconds = header.octetPair(40);
        switch (event) {
            case 0 -> {
                int from = Math.min(data.position() + 2, data.limit());
                events.message("asynchronous SCSI event: "
                        + Sense.parse(data.duplicate().position(from)));
            }
            case 1, 4 -> {
                leaving = true;
                events.message("the target asked for a new login within " + header.octetPair(42) + " s");
            }
            case 2, 3 ->
                throw new ConnectionLost(
                        "connection lost: the target announced that it drops the connection, and may be back after "
                                + seconds + " s",
                        null);
            default -> events.message(String.format(Locale.ROOT, "asynchronous message, event %d", event));
        }
    }

    private static void reject(Header header, ByteBuffer data) throws ProtocolViolation {
        String what = data.remaining() >= Header.BYTES
                ? new Header(data, data.position()).toString()
                : "a PDU that it does not name";
        throw new ProtocolViolation("the target rejected " + what + ": " + reason(header.octet(2)));
    }

    private static String reason(int code) {
        return switch (code) {
            case 0x02 -> "data digest error";
            case 0x03 -> "SNACK not supported";
            case 0x04 -> "protocol error";
            case 0x05 -> "command not supported";
            case 0x06 -> "too many immediate commands";
            case 0x07 -> "task in progress";
            case 0x09 -> "invalid field in the PDU";
            case 0x0a -> "too many operations";
            case 0x0c -> "it waits for our logout";
            default -> String.format(Locale.ROOT, "reason 0x%02x", code);
        };
    }
}
