package dev.tare.io.lun;

import dev.tare.harness.Facts;
import dev.tare.io.blockstack.CacheSuspicion;
import dev.tare.io.blockstack.DeviceUse;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.blockstack.Marks;
import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A LUN as a block device: the initiator moves the blocks, this class says what a benchmark may do to them. */
public final class LunDevice implements BlockDevice {
    private final Lun lun;

    private LunDevice(Lun lun) {
        this.lun = lun;
    }

    /** Opens a LUN, as {@link Lun#open} describes it. */
    public static LunDevice open(LunAddress address, SessionOptions options) throws IOException {
        return new LunDevice(Lun.open(address, options));
    }

    /**
     * Looks for what somebody may want to keep: who else uses the unit cannot be seen from here.
     *
     * @return what was found, for the fact {@code device-marks}
     * @throws DeviceException when the unit carries a partition table, a file system, or a RAID or volume signature, without
     *     leave to destroy it
     */
    public String requireUnused(Leave leave) throws IOException {
        Marks marks = Marks.of(this);
        DeviceUse.requireUnused("the LUN " + lun.address(), List.of(), marks, leave, Leave.MARKS_DESTROY);
        return marks.words() + (marks.found().isEmpty() ? "" : "; destroyed by leave");
    }

    /** What the unit takes of discards, in words, as {@link Lun#requireDiscards} has it. */
    public String requireDiscards(int bytes) throws IOException {
        return lun.requireDiscards(bytes);
    }

    /** What keeps the unit's blocks, as far as it can be seen from here. */
    public CacheSuspicion cacheSuspicion() throws IOException {
        List<String> caches =
                lun.isServedHere() ? List.of("the memory of this machine, where the target is") : List.of();
        return new CacheSuspicion(
                List.of(), caches, OptionalLong.empty(), "unknown: what the target caches cannot be seen from here");
    }

    @Override
    public long sizeBytes() {
        return lun.sizeBytes();
    }

    @Override
    public int alignBytes() {
        return lun.blockBytes();
    }

    @Override
    public Map<String, String> facts() {
        return lun.facts();
    }

    @Override
    public BlockQueue openQueue(int depth, int blockBytes) throws IOException {
        return new Queue(lun.openQueue(depth, blockBytes));
    }

    @Override
    public void close() throws IOException {
        lun.close();
    }

    /** Hands everything on, and prints at the end what happened besides I/O. */
    private record Queue(LunQueue queue) implements BlockQueue {
        @Override
        public int depth() {
            return queue.depth();
        }

        @Override
        public ByteBuffer buffer(int slot) {
            return queue.buffer(slot);
        }

        @Override
        public void submitRead(int slot, long positionBytes, int bytes) throws IOException {
            queue.submitRead(slot, positionBytes, bytes);
        }

        @Override
        public void submitWrite(int slot, long positionBytes, int bytes) throws IOException {
            queue.submitWrite(slot, positionBytes, bytes);
        }

        @Override
        public void submitDiscard(int slot, long positionBytes, int bytes) throws IOException {
            queue.submitDiscard(slot, positionBytes, bytes);
        }

        @Override
        public boolean awaitUntil(long untilNs) throws IOException {
            return queue.awaitUntil(untilNs);
        }

        @Override
        public int await() throws IOException {
            return queue.await();
        }

        @Override
        public void flush() throws IOException {
            queue.flush();
        }

        @Override
        public void close() throws IOException {
            Facts.print(queue.events());
            queue.close();
        }
    }
}
