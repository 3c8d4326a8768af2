package dev.tare.iscsi.target;

import dev.tare.iscsi.scsi.Operation;
import dev.tare.iscsi.scsi.Sense;
import java.nio.ByteBuffer;

/** The one disk of a target: what each command means to it. It holds no state but its bytes, so connections share it. */
final class Disk {
    static final int BLOCK_BYTES = 512;
    /** The most blocks of one READ or WRITE: 16 MiB. */
    static final int MAX_TRANSFER_BLOCKS = 32768;

    private static final int PROTECT = 0xe0;
    private static final int FORCE_UNIT_ACCESS = 0x08;

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
    Verdict judge(ByteBuffer block) throws StorageFailure {
        int operation = block.get(0) & 0xff;
        return switch (operation) {
            case Operation.TEST_UNIT_READY, Operation.START_STOP_UNIT -> Verdict.good();
            case Operation.SYNCHRONIZE_CACHE_10 -> flush(block.getInt(2) & 0xffffffffL, block.getShort(7) & 0xffff);
            case Operation.SYNCHRONIZE_CACHE_16 -> flush(block.getLong(2), block.getInt(10) & 0xffffffffL);
            case Operation.REQUEST_SENSE -> Verdict.data(Sense.NONE.toBytes(), block.get(4) & 0xff);
            case Operation.INQUIRY -> description.inquiry(block);
            case Operation.MODE_SENSE_6 -> description.modeSense6(block);
            case Operation.MODE_SENSE_10 -> description.modeSense10(block);
            case Operation.REPORT_LUNS -> description.reportLuns(block);
            case Operation.READ_CAPACITY_10 -> description.capacity10(block);
            case Operation.SERVICE_ACTION_IN_16 -> description.capacity16(block);
            case Operation.READ_6, Operation.WRITE_6 -> {
                int count = block.get(4) & 0xff;
                yield transfer(operation == Operation.WRITE_6, block.getInt(0) & 0x1fffff, count == 0 ? 256 : count, 0);
            }
            case Operation.READ_10, Operation.WRITE_10 ->
                transfer(
                        operation == Operation.WRITE_10,
                        block.getInt(2) & 0xffffffffL,
                        block.getShort(7) & 0xffff,
                        block.get(1));
            case Operation.READ_12, Operation.WRITE_12 ->
                transfer(
                        operation == Operation.WRITE_12,
                        block.getInt(2) & 0xffffffffL,
                        block.getInt(6) & 0xffffffffL,
                        block.get(1));
            case Operation.READ_16, Operation.WRITE_16 ->
                transfer(
                        operation == Operation.WRITE_16,
                        block.getLong(2),
                        block.getInt(10) & 0xffffffffL,
                        block.get(1));
            default -> Verdict.refusal(Sense.INVALID_OPERATION);
        };
    }

    private Verdict transfer(boolean write, long address, long count, int options) {
        if ((options & PROTECT) != 0) {
            return Verdict.refusal(Sense.INVALID_FIELD);
        }
        if (outside(address, count)) {
            return Verdict.refusal(Sense.OUT_OF_RANGE);
        }
        if (count > MAX_TRANSFER_BLOCKS) {
            return Verdict.refusal(Sense.INVALID_FIELD);
        }
        return new Verdict.Transfer(
                write, address * BLOCK_BYTES, (int) count * BLOCK_BYTES, write && (options & FORCE_UNIT_ACCESS) != 0);
    }

    private boolean outside(long address, long count) {
        return address < 0 || address > blocks || count > blocks - address;
    }

    private Verdict flush(long address, long count) throws StorageFailure {
        if (outside(address, count)) {
            return Verdict.refusal(Sense.OUT_OF_RANGE);
        }
        storage.flush();
        return Verdict.good();
    }
}
