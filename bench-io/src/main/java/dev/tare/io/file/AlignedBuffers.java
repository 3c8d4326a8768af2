package dev.tare.io.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Buffers for direct I/O: little-endian, at addresses that are multiples of the device's alignment. */
final class AlignedBuffers {
    private static final int HUGE_BYTES = 2 << 20;

    private AlignedBuffers() {}

    static ByteBuffer[] allocate(int count, int bytes, int alignBytes) {
        // One piece on a boundary of huge pages: where the C library or the kernel gives those unasked, requests have
        // fewer segments.
        int align = (long) count * bytes < HUGE_BYTES ? alignBytes : Math.max(HUGE_BYTES, alignBytes);
        // An aligned slice ends on a boundary too, hence the rounding up besides the room to begin on one.
        int whole = Math.addExact(Math.multiplyExact(count, bytes), align - 1) / align * align;
        ByteBuffer all = ByteBuffer.allocateDirect(Math.addExact(whole, align)).alignedSlice(align);
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = all.slice(i * bytes, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffers;
    }
}
