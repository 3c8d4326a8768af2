package dev.tare.io.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Buffers for direct I/O: little-endian, at addresses that are multiples of the device's alignment. */
final class AlignedBuffers {
    private AlignedBuffers() {}

    static ByteBuffer[] allocate(int count, int bytes, int alignBytes) {
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = ByteBuffer.allocateDirect(bytes + alignBytes)
                    .alignedSlice(alignBytes)
                    .slice(0, bytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffers;
    }
}
