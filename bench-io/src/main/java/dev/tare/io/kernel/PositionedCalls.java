package dev.tare.io.kernel;

import dev.tare.io.device.BlockCalls;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code pread64} and {@code pwrite64}. */
final class PositionedCalls implements BlockCalls {
    private static final long PREAD = SystemCall.PREAD64.number();
    private static final long PWRITE = SystemCall.PWRITE64.number();

    private final Kernel kernel = new Kernel();
    private final String name;
    private final long descriptor;
    private final int blockBytes;
    private final HugePages pages;
    private final long address;

    PositionedCalls(String name, long descriptor, int blockBytes) throws IOException {
        this.name = name;
        this.descriptor = descriptor;
        this.blockBytes = blockBytes;
        this.pages = new HugePages(kernel, 1, blockBytes);
        this.address = pages.address(0);
    }

    @Override
    public ByteBuffer buffer() {
        return pages.buffer(0);
    }

    @Override
    public void read(long positionBytes) throws IOException {
        move(PREAD, positionBytes);
    }

    @Override
    public void write(long positionBytes) throws IOException {
        move(PWRITE, positionBytes);
    }

    private void move(long call, long positionBytes) throws IOException {
        long result;
        do {
            result = kernel.call(call, descriptor, address, blockBytes, positionBytes, 0, 0);
        } while (result == -Kernel.EINTR);
        if (result != blockBytes) {
            throw Outcome.failure(name, call == PREAD, blockBytes, positionBytes, result);
        }
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
