package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the initiator sends: commands as far as the window allows, data as far as the target asked, and control requests. */
final class Requests {
    private static final int READ = 0x40;
    private static final int WRITE = 0x20;
    private static final int SIMPLE = 0x01;

    private final PduSender sender;
    private final Task[] tasks;
    private final SessionParameters parameters;
    private final CommandWindow window;
    private final SessionEvents events;
    private final long lun;
    private final Task.SlotQueue commands;
    private final DataOutQueue transfers;
    private final Deque<Control> controls = new ArrayDeque<>();

    /** A control request, complete but for its numbers; always immediate. */
    private record Control(Header header, ByteBuffer data) {}

    Requests(
            PduSender sender,
            Task[] tasks,
            SessionParameters parameters,
            CommandWindow window,
            SessionEvents events,
            long lun) {
        this.sender = sender;
        this.tasks = tasks;
        this.parameters = parameters;
        this.window = window;
        this.events = events;
        this.lun = lun;
        this.commands = new Task.SlotQueue(tasks.length);
        this.transfers = new DataOutQueue(tasks.length * (parameters.maxOutstandingTransfers() + 1));
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
            events.windowClosed();
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
        sender.add(control.data, 0, control.data.limit(), new PduSender.Views());
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
        sender.add(task.dataOut(), 0, immediate, task.sendViews);
        task.granted = Math.max(unasked, immediate);
        if (moreUnasked) {
            transfers.add(task.tag, Header.NO_TAG, immediate, unasked);
        }
    }

    private void gather(DataOutQueue.DataOut transfer) {
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
        sender.add(task.dataOut(), transfer.offset, bytes, task.sendViews);
        transfer.offset += bytes;
        if (last) {
            if (transfer.transferTag != Header.NO_TAG) {
                task.openTransfers--;
            }
            transfers.removeFirst();
        }
    }

    /** Data that may be sent now, in the order in which the target asked for them; never allocates. */
    private static final class DataOutQueue {
        private final DataOut[] transfers;
        private int first;
        private int size;

        /** A piece of a write: what one R2T asked for, or what goes unasked. */
        static final class DataOut {
            int taskTag;
            int transferTag;
            int offset;
            int end;
            int dataNumber;
        }

        DataOutQueue(int capacity) {
            transfers = new DataOut[capacity];
            for (int i = 0; i < capacity; i++) {
                transfers[i] = new DataOut();
            }
        }

        boolean isEmpty() {
            return size == 0;
        }

        void add(int taskTag, int transferTag, int offset, int end) {
            DataOut transfer = transfers[(first + size++) % transfers.length];
            transfer.taskTag = taskTag;
            transfer.transferTag = transferTag;
            transfer.offset = offset;
            transfer.end = end;
            transfer.dataNumber = 0;
        }

        DataOut first() {
            return transfers[first];
        }

        void removeFirst() {
            first = (first + 1) % transfers.length;
            size--;
        }
    }
}
