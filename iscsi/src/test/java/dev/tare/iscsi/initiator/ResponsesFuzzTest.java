package dev.tare.iscsi.initiator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduSender;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.Sense;
import dev.tare.iscsi.scsi.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** PDUs that are nearly right, by the hundred thousand: each is taken or refused with an IOException, nothing else. */
class ResponsesFuzzTest {
    private static final long SEED = 20260101;
    private static final int SESSIONS = 30_000;
    private static final int MOST_PDUS = 50;
    private static final int SLOTS = 4;
    private static final int BYTES = 4096;
    private static final int[] COMMON = {Opcode.DATA_IN, Opcode.DATA_IN, Opcode.SCSI_RESPONSE, Opcode.READY_TO_TRANSFER
    };
    private static final int[] RARE = {
        Opcode.NOP_IN,
        Opcode.ASYNC_MESSAGE,
        Opcode.REJECT,
        Opcode.TASK_RESPONSE,
        Opcode.LOGOUT_RESPONSE,
        Opcode.TEXT_RESPONSE
    };

    private static final int[] CODES = {0x2800, 0x2900, 0x2a00, 0x2f00, 0x3800, 0x3f00, 0x5d00};

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ByteBuffer data = ByteBuffer.allocate(BYTES);
    private final ByteBuffer[] buffers = new ByteBuffer[SLOTS];
    private long taken;
    private long refused;
    private long completed;

    @Test
    void noPduDoesHarm() throws Exception {
        System.out.println("seed " + SEED);
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Wire wire =
                        Wire.connect((InetSocketAddress) listener.getLocalAddress(), false, Duration.ofSeconds(10))) {
            PduSender sender = new PduSender(wire);
            Arrays.setAll(buffers, slot -> ByteBuffer.allocate(BYTES));
            for (int session = 0; session < SESSIONS; session++) {
                play(sender);
            }
        }
        System.out.println(taken + " taken, " + refused + " refused, " + completed + " commands ended well");
        assertThat(taken).isGreaterThan(100_000);
        assertThat(refused).isGreaterThan(10_000);
        assertThat(completed).isGreaterThan(10_000);
    }

    private void play(PduSender sender) {
        SessionParameters parameters = SessionParameters.wanted(false, false);
        Task[] tasks = new Task[SLOTS];
        CommandWindow window = new CommandWindow(1, 64, 1);
        SessionEvents events = new SessionEvents();
        Requests requests = new Requests(sender, tasks, parameters, window, events, 0);
        Task.SlotQueue ring = new Task.SlotQueue(SLOTS);
        CommandResponses responses = new CommandResponses(
                tasks, parameters, window, requests, ring, events, new ControlResponses(window, requests, events));
        for (int slot = 0; slot < SLOTS; slot++) {
            tasks[slot] = new Task(slot, buffers[slot]);
            tasks[slot].begin(slot % 2 == 1, buffers[slot], BYTES, true);
        }
        try {
            for (int i = 0; i < MOST_PDUS; i++) {
                Header header = nearlyRight(tasks, window.expectedStatusNumber());
                ByteBuffer into = responses.destination(header);
                responses.take(header, into == null ? data.clear().limit(header.dataBytes()) : into);
                taken++;
                collect(tasks, ring);
            }
        } catch (IOException e) {
            refused++;
        }
    }

    private void collect(Task[] tasks, Task.SlotQueue ring) {
        while (!ring.isEmpty()) {
            Task task = tasks[ring.remove()];
            assertThat(task.active).isFalse();
            if (task.failure == null) {
                completed++;
                assertThat(task.write ? task.granted : task.received).isEqualTo(BYTES);
            }
            task.begin(task.write, task.buffer(), BYTES, true);
        }
    }

    /** An answer as a target would send it next, with a wrong field now and then. */
    private Header nearlyRight(Task[] tasks, int statusNumber) {
        int opcode =
                random.nextInt(12) == 0 ? RARE[random.nextInt(RARE.length)] : COMMON[random.nextInt(COMMON.length)];
        // Even slots read, odd ones write; a response comes when there is nothing left to do.
        int slot = random.nextInt(SLOTS / 2) * 2;
        Task task = tasks[opcode == Opcode.READY_TO_TRANSFER || opcode == Opcode.SCSI_RESPONSE ? slot + 1 : slot];
        if (task.write && task.granted == BYTES) {
            opcode = Opcode.SCSI_RESPONSE;
            task.openTransfers = 0;
        } else if (opcode == Opcode.SCSI_RESPONSE && random.nextInt(8) != 0) {
            opcode = Opcode.READY_TO_TRANSFER;
        }
        Header header = Header.blank()
                .clear(opcode)
                .flags(0x80)
                .taskTag(task.tag)
                .transferTag(random.nextBoolean() ? Header.NO_TAG : 5)
                .statusNumber(statusNumber)
                .expectedCommandNumber(5)
                .maxCommandNumber(70);
        switch (header.opcode()) {
            case Opcode.DATA_IN -> {
                int left = BYTES - task.received;
                header.dataBytes(random.nextInt(4) == 0 ? random.nextInt(left + 1) : left)
                        .dataNumber(task.nextDataNumber)
                        .bufferOffset(task.received)
                        .flags(0x80 | (header.dataBytes() == left ? 1 : 0));
            }
            case Opcode.READY_TO_TRANSFER ->
                header.transferTag(random.nextInt(100))
                        .dataNumber(task.nextTransferNumber)
                        .bufferOffset(task.granted)
                        .residual(BYTES - task.granted);
            case Opcode.NOP_IN -> header.taskTag(Header.NO_TAG).dataBytes(random.nextInt(64));
            case Opcode.ASYNC_MESSAGE -> header.octet(36, random.nextInt(6)).dataBytes(random.nextInt(32));
            case Opcode.SCSI_RESPONSE ->
                header.dataBytes(random.nextInt(3) * 10).octet(3, random.nextInt(6) == 0 ? 2 : 0);
            default -> header.dataBytes(random.nextInt(64));
        }
        if (random.nextInt(16) == 0) {
            int at = random.nextInt(Header.BYTES);
            header.octet(at, random.nextInt(256));
            header.dataBytes(Math.min(header.dataBytes(), BYTES));
        }
        data.clear();
        for (int i = 0; i < 64; i++) {
            data.put(i, (byte) random.nextInt());
        }
        if (opcode == Opcode.SCSI_RESPONSE && random.nextInt(4) == 0) {
            // News of the unit, with any code; now and then cut short or with a length that lies.
            Sense sense = new Sense(Sense.UNIT_ATTENTION, CODES[random.nextInt(CODES.length)] | random.nextInt(16));
            header.octet(3, Status.CHECK_CONDITION).dataBytes(random.nextInt(4) == 0 ? random.nextInt(20) : 20);
            data.putShort(0, (short) (random.nextInt(8) == 0 ? random.nextInt() : Sense.FIXED_BYTES))
                    .put(2, sense.toBytes());
        }
        return header;
    }
}
