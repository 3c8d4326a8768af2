package dev.tare.iscsi.target;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.login.TextKeys;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** What an initiator asks for besides commands: pings, task management, the list of targets, logout. */
final class ControlRequests {
    private static final int ABORT_TASK = 1;
    private static final int ABORT_TASK_SET = 2;
    private static final int CLEAR_TASK_SET = 4;
    private static final int LOGICAL_UNIT_RESET = 5;
    private static final int COMPLETE = 0;
    private static final int NO_SUCH_TASK = 1;
    private static final int NOT_SUPPORTED = 5;
    private static final int REJECT_SNACK = 0x03;
    private static final int REJECT_COMMAND = 0x05;

    private final Replies replies;
    private final SessionParameters parameters;
    private final String target;
    private final String portal;
    private final boolean discovery;
    private final Consumer<String> log;
    private boolean loggedOut;

    ControlRequests(
            Replies replies,
            SessionParameters parameters,
            String target,
            String portal,
            boolean discovery,
            Consumer<String> log) {
        this.replies = replies;
        this.parameters = parameters;
        this.target = target;
        this.portal = portal;
        this.discovery = discovery;
        this.log = log;
    }

    boolean isDiscovery() {
        return discovery;
    }

    boolean isLoggedOut() {
        return loggedOut;
    }

    void log(String event) {
        log.accept(event);
    }

    void take(Header header, ByteBuffer data) throws IOException {
        if (!isInTurn(header)) {
            return;
        }
        switch (header.opcode()) {
            case Opcode.NOP_OUT -> ping(header, data);
            case Opcode.TEXT_REQUEST -> text(header, data);
            case Opcode.LOGOUT_REQUEST -> {
                replies.other(Header.blank()
                        .clear(Opcode.LOGOUT_RESPONSE)
                        .flags(Header.FINAL)
                        .taskTag(header.taskTag()));
                loggedOut = true;
            }
            case Opcode.SNACK_REQUEST -> replies.reject(header, REJECT_SNACK);
            case Opcode.LOGIN_REQUEST ->
                throw ProtocolViolation.expected("no login in the full feature phase", header.toString());
            default -> replies.reject(header, REJECT_COMMAND);
        }
    }

    private boolean isInTurn(Header header) {
        boolean numbered = header.opcode() == Opcode.NOP_OUT
                || header.opcode() == Opcode.TEXT_REQUEST
                || header.opcode() == Opcode.LOGOUT_REQUEST
                || header.opcode() == Opcode.TASK_REQUEST;
        return !numbered || header.immediate() || replies.takeCommandNumber(header.commandNumber());
    }

    private void ping(Header header, ByteBuffer data) throws IOException {
        if (header.taskTag() == Header.NO_TAG) {
            return;
        }
        ByteBuffer echo = ByteBuffer.allocate(Math.min(data.remaining(), parameters.maxSendBytes()));
        echo.put(data.duplicate().limit(data.position() + echo.capacity())).flip();
        replies.other(
                Header.blank()
                        .clear(Opcode.NOP_IN)
                        .flags(Header.FINAL)
                        .lun(header.lun())
                        .taskTag(header.taskTag())
                        .transferTag(Header.NO_TAG),
                echo);
    }

    private void text(Header header, ByteBuffer data) throws IOException {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        TextKeys answers = new TextKeys();
        for (Map.Entry<String, String> pair : TextKeys.parse(bytes).pairs()) {
            String value = pair.getValue();
            if (!pair.getKey().equals("SendTargets")) {
                answers.add(pair.getKey(), "NotUnderstood");
            } else if (value.equals("All") || value.isEmpty() || value.equalsIgnoreCase(target)) {
                answers.add("TargetName", target).add("TargetAddress", portal + ",1");
            }
        }
        byte[] text = answers.bytes();
        if (text.length > parameters.maxSendBytes()) {
            throw ProtocolViolation.expected("a text request with a short answer", text.length + " bytes of it");
        }
        replies.other(
                Header.blank()
                        .clear(Opcode.TEXT_RESPONSE)
                        .flags(Header.FINAL)
                        .taskTag(header.taskTag())
                        .transferTag(Header.NO_TAG),
                ByteBuffer.wrap(text));
    }

    /** Task management: reads and small commands are done when they are answered, so only writes can be aborted. */
    void task(Header header, Map<Integer, ?> writes) throws IOException {
        if (!isInTurn(header)) {
            return;
        }
        int response = switch (header.flags() & 0x7f) {
            case ABORT_TASK -> writes.remove(header.transferTag()) == null ? NO_SUCH_TASK : COMPLETE;
            case ABORT_TASK_SET, CLEAR_TASK_SET, LOGICAL_UNIT_RESET -> {
                writes.clear();
                yield COMPLETE;
            }
            default -> NOT_SUPPORTED;
        };
        replies.other(Header.blank()
                .clear(Opcode.TASK_RESPONSE)
                .flags(Header.FINAL)
                .octet(2, response)
                .taskTag(header.taskTag()));
    }
}
