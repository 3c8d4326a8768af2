package dev.tare.io.kernel;

import dev.tare.io.device.BlockQueue;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A queue of depth 1: the calling thread does the I/O with one {@code pread64} or {@code pwrite64}. */
final class CallQueue implements BlockQueue {
    private static final long PREAD = SystemCall.PREAD64.number();
    private static final long PWRITE = SystemCall.PWRITE64.number();
    private static final long NONE = 0;

    private final Kernel kernel = new Kernel();
    private final String name;
    private final long descriptor;
    private final int blockBytes;
    private final HugePages pages;
    private final ByteBuffer buffer;
    private final long address;
    private long call = NONE;
    private long positionBytes;

    CallQueue(String name, long descriptor, int blockBytes) throws IOException {
        this.name = name;
        this.descriptor = descriptor;
        this.blockBytes = blockBytes;
        this.pages = new HugePages(kernel, 1, blockBytes);
        this.buffer = pages.buffer(0);
        this.address = pages.address(0);
    }

    @Override
    public int depth() {
        return 1;
    }

    @Override
    public ByteBuffer buffer(int slot) {
        return buffer;
    }

    @Override
    public void submitRead(int slot, long position) {
        call = PREAD;
        positionBytes = position;
    }

    @Override
    public void submitWrite(int slot, long position) {
        call = PWRITE;
        positionBytes = position;
    }

    @Override
    public int await() throws IOException {
        long pending = call;
        if (pending == NONE) {
            throw Outcome.nothingOutstanding(name);
        }
        call = NONE;
        long result;
        do {
            result = kernel.call(pending, descriptor, address, blockBytes, positionBytes, 0, 0);
        } while (result == -Kernel.EINTR);
        if (result != blockBytes) {
            throw Outcome.failure(name, pending == PREAD, blockBytes, positionBytes, result);
        }
        return 0;
    }

    @Override
    public void flush() throws IOException {
        Flush.now(kernel, name, descriptor);
    }

    @Override
    public void close() {
        pages.close();
    }
}
