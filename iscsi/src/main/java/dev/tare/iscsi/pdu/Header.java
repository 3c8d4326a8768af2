package dev.tare.iscsi.pdu;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * A window on the 48 bytes of a basic header segment (RFC 7143, section 11.2.1) inside a buffer.
 *
 * <p>One object serves many headers: {@link #wrap} moves it. Fields are named as in the RFC; those that share an offset
 * in different PDUs have one accessor each.
 */
public final class Header {
    /** Bytes of a basic header segment. */
    public static final int BYTES = 48;

    /** The task tag and transfer tag that stand for none. */
    public static final int NO_TAG = 0xffffffff;

    /** Flag of the last PDU of a sequence, in byte 1. */
    public static final int FINAL = 0x80;

    private static final int IMMEDIATE = 0x40;
    private static final int OPCODE_MASK = 0x3f;

    private ByteBuffer buffer;
    private int at;

    /** A window that begins at an offset of a buffer in network byte order. */
    public Header(ByteBuffer buffer, int at) {
        this.buffer = buffer;
        this.at = at;
    }

    /** A header of its own, all zero. */
    public static Header blank() {
        return new Header(ByteBuffer.allocate(BYTES), 0);
    }

    /** Moves this window. */
    public Header wrap(ByteBuffer newBuffer, int newAt) {
        buffer = newBuffer;
        at = newAt;
        return this;
    }

    /** Sets all 48 bytes to zero, then the opcode. */
    public Header clear(int opcode) {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            buffer.putLong(at + i, 0);
        }
        buffer.put(at, (byte) opcode);
        return this;
    }

    /** A copy of the 48 bytes. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        buffer.get(at, bytes);
        return bytes;
    }

    /** Takes over the 48 bytes of another header. */
    public Header set(Header other) {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            buffer.putLong(at + i, other.buffer.getLong(other.at + i));
        }
        return this;
    }

    /** The opcode, without the bit for immediate delivery. */
    public int opcode() {
        return buffer.get(at) & OPCODE_MASK;
    }

    /** Whether a request is delivered immediately, past the order of the command numbers. */
    public boolean immediate() {
        return (buffer.get(at) & IMMEDIATE) != 0;
    }

    public Header immediate(boolean on) {
        buffer.put(at, (byte) (opcode() | (on ? IMMEDIATE : 0)));
        return this;
    }

    /** Any of the 48 bytes, unsigned. */
    public int octet(int offset) {
        return buffer.get(at + offset) & 0xff;
    }

    public Header octet(int offset, int value) {
        buffer.put(at + offset, (byte) value);
        return this;
    }

    /** Two bytes, unsigned. */
    public int octetPair(int offset) {
        return buffer.getShort(at + offset) & 0xffff;
    }

    public Header octetPair(int offset, int value) {
        buffer.putShort(at + offset, (short) value);
        return this;
    }

    /** Byte 1, whose bits depend on the opcode. */
    public int flags() {
        return octet(1);
    }

    public Header flags(int value) {
        return octet(1, value);
    }

    /** Whether a sequence ends with this PDU. */
    public boolean isFinal() {
        return (flags() & FINAL) != 0;
    }

    /** Bytes of additional header segments. */
    public int additionalBytes() {
        return octet(4) * 4;
    }

    /** Bytes of the data segment, without padding. */
    public int dataBytes() {
        return buffer.getInt(at + 4) & 0xffffff;
    }

    public Header dataBytes(int bytes) {
        buffer.putInt(at + 4, bytes | octet(4) << 24);
        return this;
    }

    /** The eight bytes of the LUN field, or ISID and TSIH of a login. */
    public long lun() {
        return buffer.getLong(at + 8);
    }

    public Header lun(long value) {
        buffer.putLong(at + 8, value);
        return this;
    }

    /** Initiator task tag. */
    public int taskTag() {
        return buffer.getInt(at + 16);
    }

    public Header taskTag(int value) {
        buffer.putInt(at + 16, value);
        return this;
    }

    /** Target transfer tag; in a SCSI command the expected length, in a task request the tag of the other task. */
    public int transferTag() {
        return buffer.getInt(at + 20);
    }

    public Header transferTag(int value) {
        buffer.putInt(at + 20, value);
        return this;
    }

    /** CmdSN of a request. */
    public int commandNumber() {
        return buffer.getInt(at + 24);
    }

    public Header commandNumber(int value) {
        buffer.putInt(at + 24, value);
        return this;
    }

    /** StatSN of an answer: the same place as CmdSN of a request. */
    public int statusNumber() {
        return buffer.getInt(at + 24);
    }

    public Header statusNumber(int value) {
        buffer.putInt(at + 24, value);
        return this;
    }

    /** ExpStatSN of a request. */
    public int expectedStatusNumber() {
        return buffer.getInt(at + 28);
    }

    public Header expectedStatusNumber(int value) {
        buffer.putInt(at + 28, value);
        return this;
    }

    /** ExpCmdSN of an answer: the same place as ExpStatSN of a request. */
    public int expectedCommandNumber() {
        return buffer.getInt(at + 28);
    }

    public Header expectedCommandNumber(int value) {
        buffer.putInt(at + 28, value);
        return this;
    }

    /** MaxCmdSN of an answer; RefCmdSN of a task request. */
    public int maxCommandNumber() {
        return buffer.getInt(at + 32);
    }

    public Header maxCommandNumber(int value) {
        buffer.putInt(at + 32, value);
        return this;
    }

    /** DataSN, R2TSN or ExpDataSN. */
    public int dataNumber() {
        return buffer.getInt(at + 36);
    }

    public Header dataNumber(int value) {
        buffer.putInt(at + 36, value);
        return this;
    }

    /** Where the data, or those that an R2T asks for, begin within those of the command. */
    public int bufferOffset() {
        return buffer.getInt(at + 40);
    }

    public Header bufferOffset(int value) {
        buffer.putInt(at + 40, value);
        return this;
    }

    /** Residual count, or the desired length of an R2T. */
    public int residual() {
        return buffer.getInt(at + 44);
    }

    public Header residual(int value) {
        buffer.putInt(at + 44, value);
        return this;
    }

    /** Where the 16 bytes of a SCSI command descriptor block begin in the buffer under {@link #wrap}. */
    public int descriptorBlockAt() {
        return at + 32;
    }

    /** The buffer under {@link #wrap}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    int at() {
        return at;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s (flags 0x%02x, %d bytes of data, task 0x%08x)",
                Opcode.name(opcode()),
                flags(),
                dataBytes(),
                taskTag());
    }
}
