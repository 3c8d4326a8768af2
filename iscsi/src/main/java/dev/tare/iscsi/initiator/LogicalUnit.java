package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.ScsiFailure;
import dev.tare.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a logical unit is, asked before anything is read or written.
 *
 * @param identification INQUIRY
 * @param capacity READ CAPACITY
 */
record LogicalUnit(Identification identification, Capacity capacity) {
    /** Least bytes of the buffer of slot 0 for {@link #ask}. */
    static final int BUFFER_BYTES = 64;

    private static final int BLOCK_LIMITS = 0xb0;
    private static final int LOGICAL_BLOCK_PROVISIONING = 0xb2;
    private static final int LEAST_PAGE_BYTES = 6;
    private static final int LBPU = 0x80;
    private static final int MODE_HEADER_BYTES = 4;
    private static final int DPOFUA = 0x10;

    /**
     * Asks over a session in which nothing is outstanding.
     *
     * @param buffer the buffer of slot 0, at least {@value #BUFFER_BYTES} bytes
     * @throws ScsiFailure when the unit does not exist or is not ready
     * @throws IOException when it is no disk of a size that we know how to use
     */
    static LogicalUnit ask(InitiatorSession session, ByteBuffer buffer) throws IOException {
        ByteBuffer answer = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
        awaitReady(session);
        execute(session, CommandBlock.inquiry(Identification.BYTES), Identification.BYTES, Identification.BYTES);
        Identification identification = Identification.parse(answer);
        if (!identification.present() || identification.deviceType() != Identification.DISK) {
            throw new IOException("the LUN: expected a disk, got "
                    + (identification.present() ? "a device of type " + identification.deviceType() : "no device")
                    + " (" + identification.vendor() + " " + identification.product() + "): choose another LUN");
        }
        execute(session, CommandBlock.readCapacity10(), Capacity.BYTES_10, Capacity.BYTES_10);
        Capacity capacity = Capacity.parse10(answer);
        if (Capacity.needs16(answer)) {
            execute(session, CommandBlock.readCapacity16(Capacity.BYTES_16), Capacity.BYTES_16, 12);
            capacity = Capacity.parse16(answer);
        }
        int blockBytes = capacity.blockBytes();
        if (blockBytes < 512 || blockBytes > 4096 || Integer.bitCount(blockBytes) != 1) {
            throw new IOException("the LUN: expected blocks of 512 to 4096 bytes, got " + blockBytes);
        }
        return new LogicalUnit(identification, capacity);
    }

    /**
     * Asks whether the unit forces unit access: DPOFUA among the parameters of MODE SENSE. One that does not may refuse the bit, or
     * take no notice of it.
     *
     * @param buffer the buffer of slot 0, at least {@value #BUFFER_BYTES} bytes
     */
    static boolean forcesUnitAccess(InitiatorSession session, ByteBuffer buffer) throws IOException {
        try {
            execute(session, CommandBlock.modeSenseOfCaching(BUFFER_BYTES), BUFFER_BYTES, MODE_HEADER_BYTES);
        } catch (ScsiFailure e) {
            if (e.sense() != null) {
                // A unit that does not tell has told that it does not promise it.
                return false;
            }
            throw e;
        }
        return (buffer.get(2) & DPOFUA) != 0;
    }

    /**
     * Asks what of UNMAP the unit can: its pages of limits and of provisioning.
     *
     * @param buffer the buffer of slot 0, at least {@value #BUFFER_BYTES} bytes
     */
    static Discards discards(InitiatorSession session, ByteBuffer buffer) throws IOException {
        ByteBuffer answer = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
        if (!page(session, answer, LOGICAL_BLOCK_PROVISIONING) || (answer.get(5) & LBPU) == 0) {
            return Discards.NONE;
        }
        return page(session, answer, BLOCK_LIMITS) ? Discards.parse(answer) : Discards.NONE;
    }

    /** A page of vital product data, with zeros where the unit's is shorter; false where it has none. */
    private static boolean page(InitiatorSession session, ByteBuffer answer, int page) throws IOException {
        answer.put(0, new byte[BUFFER_BYTES]);
        try {
            execute(session, CommandBlock.inquiryOfPage(page, BUFFER_BYTES), BUFFER_BYTES, LEAST_PAGE_BYTES);
            return (answer.get(1) & 0xff) == page;
        } catch (ScsiFailure e) {
            if (e.sense() != null) {
                return false;
            }
            throw e;
        }
    }

    /** TEST UNIT READY until the unit has told all that happened to it before we came. */
    static void awaitReady(InitiatorSession session) throws IOException {
        for (int attentions = 0; ; attentions++) {
            try {
                execute(session, CommandBlock.testUnitReady(), 0, 0);
                return;
            } catch (ConnectionLost e) {
                // RFC 7143, section 6.2, has a rejected key keep its default; istgt, for one, goes by what it wanted
                // instead.
                throw session.rejected().isEmpty()
                        ? e
                        : new ConnectionLost(
                                e.getMessage() + " (at the login it rejected " + String.join(", ", session.rejected())
                                        + ": does it want another value?)",
                                e);
            } catch (ScsiFailure e) {
                Sense sense = e.sense();
                if (sense == null || !sense.isUnitAttention() || attentions == CommandResponses.MOST_ATTENTIONS) {
                    throw e;
                }
            }
        }
    }

    private static void execute(InitiatorSession session, byte[] block, int bytes, int leastBytes) throws IOException {
        session.submit(0, block, bytes);
        int slot = session.await();
        if (session.received(slot) < leastBytes) {
            throw new ScsiFailure(
                    CommandBlock.words(ByteBuffer.wrap(block)),
                    session.received(slot) + " of " + leastBytes + " bytes",
                    null);
        }
    }

    /**
     * What a logical unit says of itself in standard INQUIRY data.
     *
     * @param deviceType peripheral device type, 0 for a disk
     * @param present whether a unit is behind the LUN (peripheral qualifier 0)
     */
    record Identification(int deviceType, boolean present, String vendor, String product, String revision) {
        /** Bytes of standard INQUIRY data that every unit has. */
        static final int BYTES = 36;

        /** The peripheral device type of a disk. */
        static final int DISK = 0;

        static Identification parse(ByteBuffer data) {
            return new Identification(
                    data.get(0) & 0x1f,
                    (data.get(0) & 0xe0) == 0,
                    text(data, 8, 8),
                    text(data, 16, 16),
                    text(data, 32, 4));
        }

        private static String text(ByteBuffer data, int at, int length) {
            byte[] bytes = new byte[length];
            data.get(at, bytes);
            return new String(bytes, StandardCharsets.US_ASCII)
                    .replaceAll("[^\\x20-\\x7e]", " ")
                    .strip();
        }
    }

    /**
     * What of UNMAP a logical unit can.
     *
     * @param mostBlocks the most blocks of one command; 0 where it takes none
     * @param granularityBlocks blocks that it gives back together, or 0 where it does not say
     */
    record Discards(long mostBlocks, long granularityBlocks) {
        static final Discards NONE = new Discards(0, 0);

        /** From the page of block limits. */
        static Discards parse(ByteBuffer page) {
            boolean takesARange = page.getInt(24) != 0;
            return takesARange
                    ? new Discards(Integer.toUnsignedLong(page.getInt(20)), Integer.toUnsignedLong(page.getInt(28)))
                    : NONE;
        }
    }

    /**
     * Size of a logical unit.
     *
     * @param blocks number of blocks
     * @param blockBytes bytes of a block
     */
    record Capacity(long blocks, int blockBytes) {
        /** Bytes of an answer to READ CAPACITY(10). */
        static final int BYTES_10 = 8;

        /** Bytes of an answer to READ CAPACITY(16). */
        static final int BYTES_16 = 32;

        private static final long TOO_LARGE_FOR_10 = 0xffffffffL;

        /** Bytes of the whole unit. */
        long bytes() {
            return blocks * blockBytes;
        }

        /** Whether an answer to READ CAPACITY(10) says that it can't say. */
        static boolean needs16(ByteBuffer answer10) {
            return (answer10.getInt(0) & 0xffffffffL) == TOO_LARGE_FOR_10;
        }

        /** From an answer to READ CAPACITY(10), which begins at 0. */
        static Capacity parse10(ByteBuffer answer) {
            return new Capacity((answer.getInt(0) & 0xffffffffL) + 1, answer.getInt(4));
        }

        /** From an answer to READ CAPACITY(16), which begins at 0. */
        static Capacity parse16(ByteBuffer answer) {
            return new Capacity(answer.getLong(0) + 1, answer.getInt(8));
        }
    }
}
