package dev.tare.iscsi.target;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduReceiver;
import dev.tare.iscsi.pdu.ProtocolViolation;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.Sense;
import dev.tare.iscsi.scsi.Status;
import dev.tare.iscsi.scsi.UnitNumber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The full feature phase of one session: commands as they come, data of writes straight to where they belong. */
final class CommandServer implements PduReceiver.Sink {
    private static final int WRITE = 0x20;

    private final Disk disk;
    private final SessionParameters parameters;
    private final Replies replies;
    private final ControlRequests control;
    private final Map<Integer, WriteTask> writes = new HashMap<>();
    private final ByteBuffer scratch;
    private final ByteBuffer block = ByteBuffer.allocate(CommandBlock.BYTES);
    private boolean attention = true;
    private int lastTransferTag;

    /** What {@link #destination} found out about the PDU whose data are coming. */
    private @Nullable WriteTask filling;

    private Disk.@Nullable Response response;

    /**
     * @param scratch a buffer that holds any data segment, for nobody else
     */
    CommandServer(
            Disk disk, SessionParameters parameters, Replies replies, ControlRequests control, ByteBuffer scratch) {
        this.disk = disk;
        this.scratch = scratch;
        this.parameters = parameters;
        this.replies = replies;
        this.control = control;
    }

    @Override
    public @Nullable ByteBuffer destination(Header header) throws IOException {
        filling = null;
        response = null;
        if (header.opcode() == Opcode.SCSI_COMMAND) {
            return command(header);
        }
        if (header.opcode() == Opcode.DATA_OUT) {
            return dataOut(header);
        }
        return null;
    }

    private @Nullable ByteBuffer command(Header header) throws IOException {
        if (control.isDiscovery()) {
            throw ProtocolViolation.expected("no SCSI command in a discovery session", header.toString());
        }
        if (header.transferTag() < 0) {
            throw ProtocolViolation.expected(
                    "an expected length below 2 GiB", Integer.toUnsignedString(header.transferTag()));
        }
        if (!header.immediate() && !replies.takeCommandNumber(header.commandNumber())) {
            // Outside the window or out of order: RFC 7143, 4.2.2.1 says to ignore it silently.
            return null;
        }
        for (int i = 0; i < CommandBlock.BYTES; i++) {
            block.put(i, header.buffer().get(header.descriptorBlockAt() + i));
        }
        Disk.Response judged = judge(header);
        response = judged;
        if (judged instanceof Disk.Response.BlockTransfer transfer && transfer.write()) {
            return write(header, transfer);
        }
        return null;
    }

    private Disk.Response judge(Header header) throws IOException {
        int operation = block.get(0) & 0xff;
        boolean ours = UnitNumber.decode(header.lun()).orElse(-1) == 0;
        boolean always = operation == CommandBlock.INQUIRY
                || operation == CommandBlock.REPORT_LUNS
                || operation == CommandBlock.REQUEST_SENSE;
        if (!ours) {
            return switch (operation) {
                case CommandBlock.INQUIRY -> DiskDescription.inquiryOfNothing(block);
                case CommandBlock.REPORT_LUNS -> disk.judge(block);
                case CommandBlock.REQUEST_SENSE ->
                    Disk.Response.data(Sense.NO_SUCH_UNIT.toBytes(), block.get(4) & 0xff);
                default -> Disk.Response.checkCondition(Sense.NO_SUCH_UNIT);
            };
        }
        if (attention && !always) {
            attention = false;
            return Disk.Response.checkCondition(Sense.POWERED_ON);
        }
        try {
            return disk.judge(block);
        } catch (Storage.Failure e) {
            control.log(e.toString());
            return Disk.Response.checkCondition(Sense.WRITE_ERROR);
        }
    }

    private @Nullable ByteBuffer write(Header header, Disk.Response.BlockTransfer transfer) throws IOException {
        int expected = (header.flags() & WRITE) == 0 ? 0 : header.transferTag();
        if (header.dataBytes() > expected) {
            throw ProtocolViolation.expected("at most the expected length as immediate data", header.toString());
        }
        if (header.dataBytes() > 0
                && (!parameters.immediateData() || header.dataBytes() > parameters.firstBurstBytes())) {
            throw ProtocolViolation.expected("immediate data as agreed", header.toString());
        }
        WriteTask task = new WriteTask(header.taskTag(), transfer, expected);
        task.transferTag = Header.NO_TAG;
        task.sequenceEnd =
                header.isFinal() || parameters.initialTransfer() ? 0 : Math.min(parameters.firstBurstBytes(), expected);
        if (writes.size() >= Replies.WINDOW || writes.putIfAbsent(task.tag, task) != null) {
            throw ProtocolViolation.expected("a new task, and at most " + Replies.WINDOW, header.toString());
        }
        filling = task;
        return place(task, header.dataBytes());
    }

    /** Where the next bytes of a write go; null when they are more than the command writes. */
    private @Nullable ByteBuffer place(WriteTask task, int bytes) {
        return bytes == 0 || task.received + bytes > task.wantedBytes
                ? null
                : disk.storage().destination(task.transfer.at() + task.received, bytes, scratch);
    }

    private @Nullable ByteBuffer dataOut(Header header) throws IOException {
        WriteTask task = writes.get(header.taskTag());
        if (task == null) {
            // The rest of a command that has failed already.
            return null;
        }
        filling = task;
        if (header.transferTag() == task.transferTag && header.dataNumber() != task.nextDataNumber) {
            // A Data-Out is missing; RFC 7143, section 7.9 has the command fail, but only when the last one is here.
            task.torn = true;
        }
        if (task.torn) {
            return null;
        }
        if (header.transferTag() != task.transferTag
                || header.bufferOffset() != task.received
                || header.dataBytes() > task.sequenceEnd - task.received
                || (header.isFinal()
                        && task.transferTag != Header.NO_TAG
                        && header.dataBytes() < task.sequenceEnd - task.received)) {
            throw ProtocolViolation.expected(
                    "Data-Out at " + task.received + " up to " + task.sequenceEnd,
                    "Data-Out at " + Integer.toUnsignedString(header.bufferOffset()) + ", " + header);
        }
        return place(task, header.dataBytes());
    }

    @Override
    public void take(Header header, ByteBuffer data) throws IOException {
        switch (header.opcode()) {
            case Opcode.SCSI_COMMAND -> finishCommand(header, data);
            case Opcode.DATA_OUT -> finishData(header, data);
            case Opcode.TASK_REQUEST -> control.task(header, writes);
            default -> control.take(header, data);
        }
    }

    private void finishCommand(Header header, ByteBuffer data) throws IOException {
        Disk.Response judged = response;
        WriteTask task = filling;
        if (task != null) {
            if (arrived(task, header, data) && (header.isFinal() || task.sequenceEnd <= task.received)) {
                proceed(task, header.lun());
            }
        } else if (judged instanceof Disk.Response.Answer answer) {
            replies.answer(header, answer.data());
        } else if (judged instanceof Disk.Response.CheckCondition condition) {
            replies.response(header, Status.CHECK_CONDITION, condition.sense(), 0, Replies.expectedBytes(header));
        } else if (judged instanceof Disk.Response.BlockTransfer transfer) {
            read(header, transfer);
        }
    }

    private void read(Header header, Disk.Response.BlockTransfer transfer) throws IOException {
        try {
            replies.data(header, transfer, disk.storage(), scratch);
        } catch (Storage.Failure e) {
            control.log(e.toString());
            replies.response(header, Status.CHECK_CONDITION, Sense.READ_ERROR, 0, Replies.expectedBytes(header));
        }
    }

    private void finishData(Header header, ByteBuffer data) throws IOException {
        WriteTask task = filling;
        if (task == null) {
            return;
        }
        task.nextDataNumber++;
        if (task.torn) {
            if (header.isFinal()) {
                writes.remove(task.tag);
                replies.response(task.tag, Status.CHECK_CONDITION, Sense.DATA_MISSING, 0, task.expectedBytes);
            }
        } else if (arrived(task, header, data) && header.isFinal()) {
            proceed(task, header.lun());
        }
    }

    /**
     * Takes over data of a write.
     *
     * @return whether the write goes on
     */
    private boolean arrived(WriteTask task, Header header, ByteBuffer data) throws IOException {
        int bytes = header.dataBytes();
        if (bytes == 0) {
            return true;
        }
        int used = Math.max(0, Math.min(bytes, task.wantedBytes - task.received));
        try {
            if (used == bytes) {
                disk.storage().written(task.transfer.at() + task.received, bytes, data);
            } else if (used > 0) {
                // More than the command writes: its part is taken, the rest dropped, and the residual says so.
                ByteBuffer into = disk.storage().destination(task.transfer.at() + task.received, used, scratch);
                into.put(data.duplicate().limit(data.position() + used));
                disk.storage().written(task.transfer.at() + task.received, used, into);
            }
            task.received += bytes;
            return true;
        } catch (Storage.Failure e) {
            fail(task, e);
            return false;
        }
    }

    private void fail(WriteTask task, Storage.Failure failure) throws IOException {
        control.log(failure.toString());
        writes.remove(task.tag);
        replies.response(task.tag, Status.CHECK_CONDITION, Sense.WRITE_ERROR, 0, task.expectedBytes);
    }

    /** Asks for more data, or ends the write. */
    private void proceed(WriteTask task, long lun) throws IOException {
        if (task.received < task.wantedBytes) {
            task.transferTag = nextTransferTag();
            task.nextDataNumber = 0;
            task.sequenceEnd = Math.min(task.wantedBytes, task.received + parameters.maxBurstBytes());
            replies.readyToTransfer(
                    lun, task.tag, task.transferTag, task.nextTransferNumber++, task.received, task.sequenceEnd);
            return;
        }
        try {
            if (task.transfer.durable()) {
                disk.storage().flush();
            }
        } catch (Storage.Failure e) {
            fail(task, e);
            return;
        }
        writes.remove(task.tag);
        replies.response(task.tag, Status.GOOD, null, task.transfer.bytes(), task.expectedBytes);
    }

    private int nextTransferTag() {
        lastTransferTag = lastTransferTag + 1 & 0x7fff_ffff;
        return lastTransferTag;
    }

    /** A write whose data are not all here yet. */
    private static final class WriteTask {
        final int tag;
        final Disk.Response.BlockTransfer transfer;
        /** What the initiator says that it will send. */
        final int expectedBytes;
        /** What it shall send: not more than it says, and not more than the command writes. */
        final int wantedBytes;

        int received;
        /** Tag of the R2T that is being answered, or of unsolicited data. */
        int transferTag;
        /** Where the data of the open R2T, or the unsolicited data, end. */
        int sequenceEnd;

        /** Whether a Data-Out did not come in its turn, so that the rest is dropped. */
        boolean torn;

        int nextDataNumber;
        int nextTransferNumber;

        WriteTask(int tag, Disk.Response.BlockTransfer transfer, int expectedBytes) {
            this.tag = tag;
            this.transfer = transfer;
            this.expectedBytes = expectedBytes;
            this.wantedBytes = Math.min(expectedBytes, transfer.bytes());
        }
    }
}
