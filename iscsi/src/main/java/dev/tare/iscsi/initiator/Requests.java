package dev.tare.iscsi.initiator;

import dev.tare.iscsi.initiator.TransferRing.Transfer;
import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduSender;
import dev.tare.iscsi.pdu.Views;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the initiator sends: commands as far as the window allows, data as far as the target asked, and the rest. */
final class Requests {
    private static final int READ = 0x40;
    private static final int WRITE = 0x20;
    private static final int SIMPLE = 0x01;

    private final PduSender sender;
    private final Task[] tasks;
    private final SessionParameters parameters;
    private final CommandWindow window;
    private final Notices notices;
    private final long lun;
    private final SlotRing commands;
    private final TransferRing transfers;
    private final Deque<Control> controls = new ArrayDeque<>();

    /** A rare request, complete but for its numbers; always immediate. */
    record Control(Header header, ByteBuffer data) {}

    Requests(
            PduSender sender,
            Task[] tasks,
            SessionParameters parameters,
            CommandWindow window,
            Notices notices,
            long lun) {
        this.sender = sender;
        this.tasks = tasks;
        this.parameters = parameters;
        this.window = window;
        this.notices = notices;
        this.lun = lun;
        this.commands = new SlotRing(tasks.length);
        this.transfers = new TransferRing(tasks.length * (parameters.maxOutstandingTransfers() + 1));
    }

    /** Queues the command of a slot. */
    void command(int slot) {
        commands.add(slot);
    }

    /** Queues data that an R2T asked for. */
    void transfer(Task task, int transferTag, int offset, int end) {
        transfers.add(task.tag, transferTag, offset, end);
    }

    /** Queues an immediate request that is no command. */
    void control(Header header, ByteBuffer data) {
        controls.add(new Control(header, data));
    }

    /**
     * Writes what can be written now.
     *
     * @return whether the socket took everything that may go
     */
    boolean flush() throws IOException {
        do {
            gather();
            if (!sender.flush()) {
                return false;
            }
        } while (!controls.isEmpty() || !transfers.isEmpty() || (!commands.isEmpty() && window.isOpen()));
        if (!commands.isEmpty()) {
            notices.windowClosed();
        }
        return true;
    }

    private void gather() {
        while (sender.hasRoom()) {
            if (!controls.isEmpty()) {
                gather(controls.remove());
            } else if (!transfers.isEmpty()) {
                gather(transfers.first());
            } else if (!commands.isEmpty() && window.isOpen()) {
                gather(tasks[commands.remove()]);
            } else {
                return;
            }
        }
    }

    private void gather(Control control) {
        sender.next(control.header.opcode())
                .set(control.header)
                .immediate(true)
                .commandNumber(window.peek())
                .expectedStatusNumber(window.expectedStatusNumber());
        sender.add(control.data, 0, control.data.limit(), new Views());
    }

    private void gather(Task task) {
        int unasked =
                task.write && !parameters.initialTransfer() ? Math.min(task.bytes, parameters.firstBurstBytes()) : 0;
        int immediate = task.write && parameters.immediateData()
                ? Math.min(task.bytes, Math.min(parameters.maxSendBytes(), parameters.firstBurstBytes()))
                : 0;
        boolean moreUnasked = unasked > immediate;
        int direction = task.bytes == 0 ? 0 : task.write ? WRITE : READ;
        Header header = sender.next(Opcode.SCSI_COMMAND)
                .flags((moreUnasked ? 0 : Header.FINAL) | direction | SIMPLE)
                .lun(lun)
                .taskTag(task.tag)
                .transferTag(task.bytes)
                .commandNumber(window.take())
                .expectedStatusNumber(window.expectedStatusNumber());
        ByteBuffer to = header.buffer();
        to.putLong(header.descriptorBlockAt(), task.block.getLong(0));
        to.putLong(header.descriptorBlockAt() + Long.BYTES, task.block.getLong(Long.BYTES));
        sender.add(task.data(), 0, immediate, task.sendViews);
        task.granted = Math.max(unasked, immediate);
        if (moreUnasked) {
            transfers.add(task.tag, Header.NO_TAG, immediate, unasked);
        }
    }

    private void gather(Transfer transfer) {
        Task task = tasks[Task.slotOf(transfer.taskTag)];
        if (task.tag != transfer.taskTag || !task.active) {
            transfers.removeFirst();
            return;
        }
        int bytes = Math.min(parameters.maxSendBytes(), transfer.end - transfer.offset);
        boolean last = transfer.offset + bytes == transfer.end;
        sender.next(Opcode.DATA_OUT)
                .flags(last ? Header.FINAL : 0)
                .lun(transfer.transferTag == Header.NO_TAG ? 0 : lun)
                .taskTag(transfer.taskTag)
                .transferTag(transfer.transferTag)
                .expectedStatusNumber(window.expectedStatusNumber())
                .dataNumber(transfer.dataNumber++)
                .bufferOffset(transfer.offset);
        sender.add(task.data(), transfer.offset, bytes, task.sendViews);
        transfer.offset += bytes;
        if (last) {
            if (transfer.transferTag != Header.NO_TAG) {
                task.openTransfers--;
            }
            transfers.removeFirst();
        }
    }
}
