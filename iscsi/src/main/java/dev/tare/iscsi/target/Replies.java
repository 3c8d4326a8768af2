package dev.tare.iscsi.target;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduSender;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.Sense;
import dev.tare.iscsi.scsi.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a target sends, with the numbers that every PDU of its carries. */
final class Replies {
    /** Commands that may be on their way at once. */
    static final int WINDOW = 256;

    private static final int OVERFLOW = 0x04;
    private static final int UNDERFLOW = 0x02;
    private static final int WITH_STATUS = 0x01;
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Wire wire;
    private final PduSender sender;
    private final SessionParameters parameters;
    private final long limitNs;
    private int statusNumber;
    private int expectedCommandNumber;

    Replies(
            Wire wire,
            PduSender sender,
            SessionParameters parameters,
            int commandNumber,
            int statusNumber,
            long limitNs) {
        this.wire = wire;
        this.sender = sender;
        this.parameters = parameters;
        this.limitNs = limitNs;
        this.expectedCommandNumber = commandNumber;
        this.statusNumber = statusNumber;
        sender.useDigests(parameters.headerDigest(), parameters.dataDigest());
    }

    /** Whether a command with this number is the next one; if so, the one after it is. */
    boolean takeCommandNumber(int number) {
        if (number != expectedCommandNumber) {
            return false;
        }
        expectedCommandNumber++;
        return true;
    }

    /** Sends the bytes that a read has asked for, status included. */
    void data(Header command, Disk.Response.BlockTransfer transfer, Storage storage, ByteBuffer scratch)
            throws IOException {
        int expected = expectedBytes(command);
        int bytes = Math.min(transfer.bytes(), expected);
        if (bytes == 0) {
            response(command, Status.GOOD, null, transfer.bytes(), expected);
            return;
        }
        int inBurst = 0;
        for (int offset = 0, number = 0; offset < bytes; number++) {
            int length = Math.min(Math.min(parameters.maxSendBytes(), scratch.capacity()), bytes - offset);
            length = Math.min(length, parameters.maxBurstBytes() - inBurst);
            ByteBuffer data = storage.read(transfer.at() + offset, length, scratch);
            inBurst += length;
            boolean last = offset + length == bytes;
            boolean endOfBurst = last || inBurst == parameters.maxBurstBytes();
            awaitRoom();
            Header header = dataIn(command, number, offset, endOfBurst);
            if (last) {
                finishWithStatus(header, transfer.bytes(), expected);
            }
            if (!sender.add(data, data.position(), length, new PduSender.Views())) {
                flush();
            }
            offset += length;
            inBurst = endOfBurst ? 0 : inBurst;
        }
    }

    /** Sends a small answer, status included. */
    void answer(Header command, ByteBuffer data) throws IOException {
        int expected = expectedBytes(command);
        int bytes = Math.min(data.limit(), expected);
        if (bytes == 0 || bytes > parameters.maxSendBytes()) {
            response(command, Status.GOOD, null, data.limit(), expected);
            return;
        }
        awaitRoom();
        finishWithStatus(dataIn(command, 0, 0, true), data.limit(), expected);
        sender.add(data, 0, bytes, new PduSender.Views());
    }

    private Header dataIn(Header command, int number, int offset, boolean endOfBurst) {
        return numbers(sender.next(Opcode.DATA_IN))
                .flags(endOfBurst ? Header.FINAL : 0)
                .taskTag(command.taskTag())
                .transferTag(Header.NO_TAG)
                .dataNumber(number)
                .bufferOffset(offset);
    }

    private void finishWithStatus(Header header, int actual, int expected) {
        header.flags(Header.FINAL | WITH_STATUS | residualFlag(actual, expected))
                .statusNumber(statusNumber++)
                .residual(Math.abs(actual - expected));
    }

    /** Sends a SCSI response; the residual says how many bytes the command moves other than the initiator expected. */
    void response(Header command, int status, @Nullable Sense sense, int actual, int expected) throws IOException {
        response(command.taskTag(), status, sense, actual, expected);
    }

    void response(int taskTag, int status, @Nullable Sense sense, int actual, int expected) throws IOException {
        awaitRoom();
        numbers(sender.next(Opcode.SCSI_RESPONSE))
                .flags(Header.FINAL | residualFlag(actual, expected))
                .octet(3, status)
                .taskTag(taskTag)
                .statusNumber(statusNumber++)
                .residual(Math.abs(actual - expected));
        if (sense == null) {
            sender.add();
        } else {
            ByteBuffer data = ByteBuffer.allocate(2 + Sense.FIXED_BYTES);
            data.putShort((short) Sense.FIXED_BYTES).put(sense.toBytes());
            sender.add(data, 0, data.capacity(), new PduSender.Views());
        }
    }

    private static int residualFlag(int actual, int expected) {
        return actual == expected ? 0 : actual < expected ? UNDERFLOW : OVERFLOW;
    }

    /** What a command says that it moves; nothing when it names no direction. */
    static int expectedBytes(Header command) {
        return (command.flags() & 0x60) == 0 ? 0 : command.transferTag();
    }

    /**
     * Asks for data of a write.
     *
     * @param number R2TSN
     * @param from where they begin within the command's data
     * @param to where they end
     */
    void readyToTransfer(long lun, int taskTag, int transferTag, int number, int from, int to) throws IOException {
        awaitRoom();
        numbers(sender.next(Opcode.READY_TO_TRANSFER))
                .flags(Header.FINAL)
                .lun(lun)
                .taskTag(taskTag)
                .transferTag(transferTag)
                .statusNumber(statusNumber)
                .dataNumber(number)
                .bufferOffset(from)
                .residual(to - from);
        sender.add();
    }

    /** Sends an answer of another kind, which takes a status number. */
    void other(Header answer, ByteBuffer data) throws IOException {
        awaitRoom();
        numbers(sender.next(answer.opcode()).set(answer)).statusNumber(statusNumber++);
        sender.add(data, 0, data.limit(), new PduSender.Views());
    }

    /** Asks whether the initiator is still there. */
    void ping() throws IOException {
        awaitRoom();
        numbers(sender.next(Opcode.NOP_IN))
                .flags(Header.FINAL)
                .taskTag(Header.NO_TAG)
                .transferTag(1)
                .statusNumber(statusNumber);
        sender.add();
    }

    /** Says that a PDU is not accepted. */
    void reject(Header what, int reason) throws IOException {
        other(
                Header.blank()
                        .clear(Opcode.REJECT)
                        .flags(Header.FINAL)
                        .octet(2, reason)
                        .taskTag(Header.NO_TAG),
                ByteBuffer.wrap(what.bytes()));
    }

    /** Sends an answer without data. */
    void other(Header answer) throws IOException {
        other(answer, NO_DATA);
    }

    private Header numbers(Header header) {
        return header.expectedCommandNumber(expectedCommandNumber).maxCommandNumber(expectedCommandNumber + WINDOW - 1);
    }

    private void awaitRoom() throws IOException {
        if (!sender.hasRoom()) {
            flush();
        }
    }

    /**
     * Writes everything that was gathered.
     *
     * @throws ConnectionLost when the initiator does not take it in time
     */
    void flush() throws IOException {
        if (sender.flush()) {
            return;
        }
        long untilNs = System.nanoTime() + limitNs;
        while (!sender.flush()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
            if (leftMs <= 0) {
                throw new ConnectionLost("the initiator takes no data", null);
            }
            wire.awaitWritable(leftMs);
        }
    }
}
