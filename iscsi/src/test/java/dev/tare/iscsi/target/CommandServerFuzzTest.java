package dev.tare.iscsi.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduSender;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.CommandBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Requests that are nearly right, by the hundred thousand: each is answered or refused with an IOException, nothing else. */
class CommandServerFuzzTest {
    private static final long SEED = 20260102;
    private static final int SESSIONS = 20_000;
    private static final int MOST_PDUS = 16;
    private static final int DISK_BYTES = 64 << 10;
    private static final int[] OPERATIONS = {
        CommandBlock.TEST_UNIT_READY, CommandBlock.REQUEST_SENSE, CommandBlock.READ_6, CommandBlock.WRITE_6,
                CommandBlock.INQUIRY,
        CommandBlock.MODE_SENSE_6, CommandBlock.MODE_SENSE_10, CommandBlock.READ_CAPACITY_10, CommandBlock.READ_10,
                CommandBlock.WRITE_10,
        CommandBlock.READ_12, CommandBlock.WRITE_12, CommandBlock.READ_16, CommandBlock.WRITE_16,
                CommandBlock.SERVICE_ACTION_IN_16,
        CommandBlock.SYNCHRONIZE_CACHE_10, CommandBlock.SYNCHRONIZE_CACHE_16, CommandBlock.REPORT_LUNS
    };

    private static final ByteBuffer SCRATCH = ByteBuffer.allocateDirect(256 << 10);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ByteBuffer data = ByteBuffer.allocate(256 << 10);
    private final SessionParameters parameters = SessionParameters.wanted(false, false);
    private long taken;
    private long refused;
    private int commandNumber;
    private int tag;

    @Test
    void noRequestDoesHarm() throws Exception {
        System.out.println("seed " + SEED);
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Wire wire =
                        Wire.connect((InetSocketAddress) listener.getLocalAddress(), false, Duration.ofSeconds(10));
                SocketChannel other = listener.accept();
                MemoryStorage storage = new MemoryStorage(DISK_BYTES)) {
            Thread reader = new Thread(() -> readAll(other), "reader of answers");
            reader.setDaemon(true);
            reader.start();
            PduSender sender = new PduSender(wire);
            for (int session = 0; session < SESSIONS; session++) {
                play(wire, sender, new Disk(storage, "iqn.2026-01.x:y"));
            }
        }
        System.out.println(taken + " taken, " + refused + " refused");
        assertThat(taken).isGreaterThan(100_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    private static void readAll(SocketChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                // The answers are not looked at here.
            }
        } catch (IOException e) {
            System.out.println("the reader ends: " + e.getMessage());
        }
    }

    private void play(Wire wire, PduSender sender, Disk disk) throws IOException {
        commandNumber = 1;
        tag = 0;
        Replies replies = new Replies(
                wire, sender, parameters, 1, 1, Duration.ofSeconds(20).toNanos());
        ControlRequests control =
                new ControlRequests(replies, parameters, "iqn.2026-01.x:y", "127.0.0.1:3260", false, event -> {});
        CommandServer server = new CommandServer(disk, parameters, replies, control, SCRATCH);
        try {
            for (int i = 0; i < MOST_PDUS; i++) {
                Header header = nearlyRight();
                ByteBuffer into = server.destination(header);
                ByteBuffer arrived = into == null ? data.clear().limit(header.dataBytes()) : into;
                if (into != null) {
                    into.position(into.position() + header.dataBytes());
                }
                server.take(header, arrived);
                taken++;
            }
        } catch (IOException e) {
            refused++;
        }
        replies.flush();
    }

    private Header nearlyRight() {
        int kind = random.nextInt(10);
        Header header = Header.blank();
        if (kind < 6) {
            int operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
            int blocks = random.nextInt(9);
            boolean write = CommandBlock.name(operation).startsWith("WRITE");
            int immediate = write ? random.nextInt(blocks + 1) * 512 : 0;
            header.clear(Opcode.SCSI_COMMAND)
                    .flags((random.nextInt(8) == 0 ? 0 : 0x80) | (write ? 0x20 : 0x40))
                    .dataBytes(immediate)
                    .taskTag(++tag)
                    .transferTag(blocks * 512)
                    .commandNumber(commandNumber++);
            int at = header.descriptorBlockAt();
            header.buffer().put(at, (byte) operation);
            header.buffer().put(at + 5, (byte) random.nextInt(128));
            header.buffer().put(at + (operation >= 0x80 && operation != CommandBlock.READ_12 ? 13 : 8), (byte) blocks);
        } else if (kind < 8) {
            header.clear(Opcode.DATA_OUT)
                    .flags(0x80)
                    .dataBytes(random.nextInt(5) * 512)
                    .taskTag(tag)
                    .transferTag(random.nextInt(6))
                    .bufferOffset(random.nextInt(3) * 512);
        } else {
            int[] opcodes = {
                Opcode.NOP_OUT, Opcode.TASK_REQUEST, Opcode.TEXT_REQUEST, Opcode.SNACK_REQUEST, Opcode.LOGOUT_REQUEST
            };
            header.clear(opcodes[random.nextInt(opcodes.length)])
                    .immediate(random.nextBoolean())
                    .flags(0x80 | random.nextInt(9))
                    .dataBytes(random.nextInt(40))
                    .taskTag(++tag);
            if (!header.immediate()) {
                header.commandNumber(commandNumber++);
            }
        }
        if (random.nextInt(6) == 0) {
            header.octet(random.nextInt(Header.BYTES), random.nextInt(256));
            header.dataBytes(Math.min(header.dataBytes(), data.capacity()));
        }
        data.clear();
        for (int i = 0; i < 40; i++) {
            data.put(i, (byte) random.nextInt());
        }
        return header;
    }
}
