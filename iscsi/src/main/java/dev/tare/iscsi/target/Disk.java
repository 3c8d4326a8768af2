package dev.tare.iscsi.target;

import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.Sense;
import java.nio.ByteBuffer;

/** The one disk of a target: what each command means to it. It holds no state but its bytes, so connections share it. */
final class Disk {
    static final int BLOCK_BYTES = 512;
    /** The most blocks of one READ or WRITE: 16 MiB. */
    static final int MAX_TRANSFER_BLOCKS = 32768;

    private static final int PROTECT = 0xe0;

    private final Storage storage;
    private final long blocks;
    private final DiskDescription description;

    Disk(Storage storage, String name) {
        this.storage = storage;
        this.blocks = storage.sizeBytes() / BLOCK_BYTES;
        this.description = new DiskDescription(blocks, name);
    }

    Storage storage() {
        return storage;
    }

    /**
     * Decides what a command does; data are moved by the caller.
     *
     * @param block its 16 bytes, from index 0 on
     */
    Response judge(ByteBuffer block) throws Storage.Failure {
        int operation = block.get(0) & 0xff;
        return switch (operation) {
            case CommandBlock.TEST_UNIT_READY, CommandBlock.START_STOP_UNIT -> Response.good();
            case CommandBlock.SYNCHRONIZE_CACHE_10 -> flush(block.getInt(2) & 0xffffffffL, block.getShort(7) & 0xffff);
            case CommandBlock.SYNCHRONIZE_CACHE_16 -> flush(block.getLong(2), block.getInt(10) & 0xffffffffL);
            case CommandBlock.REQUEST_SENSE -> Response.data(Sense.NONE.toBytes(), block.get(4) & 0xff);
            case CommandBlock.INQUIRY -> description.inquiry(block);
            case CommandBlock.MODE_SENSE_6 -> description.modeSense6(block);
            case CommandBlock.MODE_SENSE_10 -> description.modeSense10(block);
            case CommandBlock.REPORT_LUNS -> description.reportLuns(block);
            case CommandBlock.READ_CAPACITY_10 -> description.capacity10(block);
            case CommandBlock.SERVICE_ACTION_IN_16 -> description.capacity16(block);
            case CommandBlock.READ_6, CommandBlock.WRITE_6 -> {
                int count = block.get(4) & 0xff;
                yield transfer(
                        operation == CommandBlock.WRITE_6, block.getInt(0) & 0x1fffff, count == 0 ? 256 : count, 0);
            }
            case CommandBlock.READ_10, CommandBlock.WRITE_10 ->
                transfer(
                        operation == CommandBlock.WRITE_10,
                        block.getInt(2) & 0xffffffffL,
                        block.getShort(7) & 0xffff,
                        block.get(1));
            case CommandBlock.READ_12, CommandBlock.WRITE_12 ->
                transfer(
                        operation == CommandBlock.WRITE_12,
                        block.getInt(2) & 0xffffffffL,
                        block.getInt(6) & 0xffffffffL,
                        block.get(1));
            case CommandBlock.READ_16, CommandBlock.WRITE_16 ->
                transfer(
                        operation == CommandBlock.WRITE_16,
                        block.getLong(2),
                        block.getInt(10) & 0xffffffffL,
                        block.get(1));
            default -> Response.checkCondition(Sense.INVALID_OPERATION);
        };
    }

    private Response transfer(boolean write, long address, long count, int options) {
        if ((options & PROTECT) != 0) {
            return Response.checkCondition(Sense.INVALID_FIELD);
        }
        if (outside(address, count)) {
            return Response.checkCondition(Sense.OUT_OF_RANGE);
        }
        if (count > MAX_TRANSFER_BLOCKS) {
            return Response.checkCondition(Sense.INVALID_FIELD);
        }
        return new Response.BlockTransfer(
                write,
                address * BLOCK_BYTES,
                (int) count * BLOCK_BYTES,
                write && (options & CommandBlock.FORCE_UNIT_ACCESS) != 0);
    }

    private boolean outside(long address, long count) {
        return address < 0 || address > blocks || count > blocks - address;
    }

    private Response flush(long address, long count) throws Storage.Failure {
        if (outside(address, count)) {
            return Response.checkCondition(Sense.OUT_OF_RANGE);
        }
        storage.flush();
        return Response.good();
    }

    /** What a command comes to. */
    sealed interface Response {
        /** A small answer, from its first byte to the buffer's limit; empty for a command that moves no data. */
        record Answer(ByteBuffer data) implements Response {}

        /** Bytes of the disk that are to be sent or received. */
        record BlockTransfer(boolean write, long at, int bytes, boolean durable) implements Response {}

        /** CHECK CONDITION. */
        record CheckCondition(Sense sense) implements Response {}

        static Response good() {
            return new Answer(ByteBuffer.allocate(0));
        }

        /** An answer cut to the allocation length of the command. */
        static Response data(byte[] bytes, int allocated) {
            return new Answer(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, Math.max(0, allocated)))
                    .slice());
        }

        static Response checkCondition(Sense sense) {
            return new CheckCondition(sense);
        }
    }
}
