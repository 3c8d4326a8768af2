package dev.tare.iscsi.initiator;

import dev.tare.iscsi.scsi.Capacity;
import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.Identification;
import dev.tare.iscsi.scsi.ScsiFailure;
import dev.tare.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a logical unit is, asked before anything is read or written.
 *
 * @param identification INQUIRY
 * @param capacity READ CAPACITY
 */
public record LogicalUnit(Identification identification, Capacity capacity) {
    /** Least bytes of the buffer of slot 0 for {@link #ask}. */
    static final int BUFFER_BYTES = 64;

    private static final int MOST_ATTENTIONS = 8;

    /**
     * Asks over a session in which nothing is outstanding.
     *
     * @param buffer the buffer of slot 0, at least {@value #BUFFER_BYTES} bytes
     * @throws ScsiFailure when the unit does not exist or is not ready
     * @throws IOException when it is no disk of a size that we know how to use
     */
    static LogicalUnit ask(Session session, ByteBuffer buffer) throws IOException {
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

    /** TEST UNIT READY until the unit has told all that happened to it before we came. */
    static void awaitReady(Session session) throws IOException {
        for (int attentions = 0; ; attentions++) {
            try {
                execute(session, CommandBlock.testUnitReady(), 0, 0);
                return;
            } catch (ScsiFailure e) {
                Sense sense = e.sense();
                if (sense == null || !sense.isUnitAttention() || attentions == MOST_ATTENTIONS) {
                    throw e;
                }
            }
        }
    }

    private static void execute(Session session, byte[] block, int bytes, int leastBytes) throws IOException {
        session.submit(0, block, bytes);
        int slot = session.await();
        if (session.received(slot) < leastBytes) {
            throw new ScsiFailure(
                    CommandBlock.words(ByteBuffer.wrap(block)),
                    session.received(slot) + " of " + leastBytes + " bytes",
                    null);
        }
    }
}
