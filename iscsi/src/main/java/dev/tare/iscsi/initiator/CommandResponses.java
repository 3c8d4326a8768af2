package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduReceiver;
import dev.tare.iscsi.pdu.ProtocolViolation;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.ScsiFailure;
import dev.tare.iscsi.scsi.Sense;
import dev.tare.iscsi.scsi.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The command path of what the target sends: data, R2Ts and SCSI responses. Every PDU is checked against what was asked for
 * before it counts, so that nothing out of order can become data or a completion.
 */
final class CommandResponses implements PduReceiver.Sink {
    /** Unit attentions in a row after which a command fails. */
    static final int MOST_ATTENTIONS = 8;

    private static final int OVERFLOW = 0x04;
    private static final int UNDERFLOW = 0x02;
    private static final int WITH_STATUS = 0x01;
    private static final int RESPONSE = 2;
    private static final int STATUS = 3;

    private final Task[] tasks;
    private final SessionParameters parameters;
    private final CommandWindow window;
    private final Requests requests;
    private final Task.SlotQueue completed;
    private final SessionEvents events;
    private final ControlResponses control;

    CommandResponses(
            Task[] tasks,
            SessionParameters parameters,
            CommandWindow window,
            Requests requests,
            Task.SlotQueue completed,
            SessionEvents events,
            ControlResponses control) {
        this.tasks = tasks;
        this.parameters = parameters;
        this.window = window;
        this.requests = requests;
        this.completed = completed;
        this.events = events;
        this.control = control;
    }

    @Override
    public @Nullable ByteBuffer destination(Header header) throws IOException {
        if (header.opcode() != Opcode.DATA_IN) {
            return null;
        }
        Task task = task(header);
        int bytes = header.dataBytes();
        if (task.write
                || header.bufferOffset() != task.received
                || bytes > task.bytes - task.received
                || header.dataNumber() != task.nextDataNumber) {
            throw ProtocolViolation.expected(
                    task.write
                            ? "no data for " + task
                            : "Data-In " + task.nextDataNumber + " at " + task.received + " of " + task.bytes
                                    + " bytes for " + task,
                    "Data-In " + header.dataNumber() + " at " + Integer.toUnsignedString(header.bufferOffset())
                            + " with " + bytes + " bytes");
        }
        return task.receiveWindow(bytes);
    }

    @Override
    public void take(Header header, ByteBuffer data) throws IOException {
        switch (header.opcode()) {
            case Opcode.DATA_IN -> dataIn(header);
            case Opcode.SCSI_RESPONSE -> response(header, data);
            case Opcode.READY_TO_TRANSFER -> readyToTransfer(header);
            default -> control.take(header, data);
        }
        window.update(header);
    }

    private void dataIn(Header header) throws IOException {
        Task task = task(header);
        task.received += header.dataBytes();
        task.nextDataNumber++;
        if ((header.flags() & WITH_STATUS) != 0) {
            window.takeStatus(header);
            complete(task, header, 0, null);
        }
    }

    private void response(Header header, ByteBuffer data) throws IOException {
        window.takeStatus(header);
        Task task = task(header);
        complete(task, header, header.octet(RESPONSE), data.hasRemaining() ? sense(data) : null);
    }

    private static Sense sense(ByteBuffer data) {
        int length = data.remaining() < 2 ? 0 : data.getShort(data.position()) & 0xffff;
        int from = Math.min(data.position() + 2, data.limit());
        return Sense.parse(data.duplicate().position(from).limit(Math.min(from + length, data.limit())));
    }

    private void complete(Task task, Header header, int response, @Nullable Sense sense) {
        int status = header.octet(STATUS);
        if (response == 0 && sense != null && status == Status.CHECK_CONDITION && maySendAgain(task, sense)) {
            events.attention(sense);
            task.restart();
            requests.command(task.slot());
            return;
        }
        boolean under = (header.flags() & UNDERFLOW) != 0;
        task.residual = under ? header.residual() : 0;
        if (response != 0) {
            task.failure =
                    failure(task, String.format(Locale.ROOT, "iSCSI response 0x%02x: target failure", response), sense);
        } else if (status != Status.GOOD) {
            task.failure = failure(task, Status.words(status), sense);
        } else if ((header.flags() & OVERFLOW) != 0) {
            task.failure =
                    failure(task, "an overflow of " + Integer.toUnsignedString(header.residual()) + " bytes", null);
        } else if (!task.write && task.received + (task.exact ? 0 : task.residual) != task.bytes) {
            task.failure = failure(task, task.received + " of " + task.bytes + " bytes", null);
        } else if (task.write
                && (task.granted != task.bytes || task.openTransfers != 0 || (task.exact && task.residual != 0))) {
            task.failure = failure(
                    task,
                    "GOOD though the target asked for " + task.granted + " of " + task.bytes + " bytes, "
                            + task.residual + " of them unused",
                    null);
        }
        if (task.failure != null) {
            task.leaveData();
        }
        task.active = false;
        completed.add(task.slot());
    }

    /** Who asks TEST UNIT READY wants to hear the answer; a unit that tells news for ever is not worth waiting for. */
    private static boolean maySendAgain(Task task, Sense sense) {
        return sense.isUnitAttention()
                && sense.voidsTheRun() == null
                && task.attentions < MOST_ATTENTIONS
                && task.block.get(0) != CommandBlock.TEST_UNIT_READY;
    }

    private static ScsiFailure failure(Task task, String outcome, @Nullable Sense sense) {
        return new ScsiFailure(task.toString(), outcome, sense);
    }

    private void readyToTransfer(Header header) throws IOException {
        Task task = task(header);
        int offset = header.bufferOffset();
        int bytes = header.residual();
        if (!task.write
                || header.dataNumber() != task.nextTransferNumber
                || offset != task.granted
                || bytes <= 0
                || bytes > parameters.maxBurstBytes()
                || bytes > task.bytes - task.granted
                || task.openTransfers == parameters.maxOutstandingTransfers()
                || header.transferTag() == Header.NO_TAG) {
            throw ProtocolViolation.expected(
                    task.write
                            ? "R2T " + task.nextTransferNumber + " at " + task.granted + " of " + task.bytes
                                    + " bytes, at most "
                                    + parameters.maxBurstBytes() + " and at most "
                                    + parameters.maxOutstandingTransfers()
                                    + " of them open, for " + task
                            : "no R2T for " + task,
                    "R2T " + header.dataNumber() + " at " + Integer.toUnsignedString(offset) + " for "
                            + Integer.toUnsignedString(bytes) + " bytes with " + task.openTransfers + " open");
        }
        task.nextTransferNumber++;
        task.openTransfers++;
        task.granted += bytes;
        requests.transfer(task, header.transferTag(), offset, offset + bytes);
    }

    private Task task(Header header) throws ProtocolViolation {
        int tag = header.taskTag();
        int slot = Task.slotOf(tag);
        if (slot >= tasks.length || !tasks[slot].active || tasks[slot].tag != tag) {
            throw ProtocolViolation.expected("an answer to an outstanding task", header.toString());
        }
        return tasks[slot];
    }
}
