package dev.tare.net.stream;

import java.nio.ByteBuffer;

/**
 * Direct buffers that begin where a page of memory does. The kernel copies a message of 1 MiB between such a buffer and its
 * own pages some 15 % faster than from 16 bytes behind a page's start, which is where {@link ByteBuffer#allocateDirect} puts
 * large buffers.
 */
public final class PageBuffer {
    /** Of all systems that this runs on; on those with larger pages it is a part of them, which does as well. */
    private static final int PAGE_BYTES = 4096;

    private PageBuffer() {}

    /** A buffer of so many bytes, all zero; its capacity is exactly that. */
    public static ByteBuffer allocate(int bytes) {
        // An aligned slice ends at a page's end too: the last page has to be whole.
        int pages = (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
        ByteBuffer aligned = ByteBuffer.allocateDirect((pages + 1) * PAGE_BYTES).alignedSlice(PAGE_BYTES);
        return aligned.limit(bytes).slice();
    }
}
