package dev.tare.iscsi.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Memory that counts what is written and flushed, and of which one block can be a programming error to read. */
final class WatchedStorage implements Storage {
    private static final long NOWHERE = -1;

    private final Storage memory;
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger bytesAtFlush = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicLong faultAt = new AtomicLong(NOWHERE);

    WatchedStorage(long sizeBytes) {
        this.memory = new MemoryStorage(sizeBytes);
    }

    /** From now on reads that begin there throw. */
    void failAt(long at) {
        faultAt.set(at);
    }

    int flushes() {
        return flushes.get();
    }

    /** How much was written before the last flush. */
    int bytesAtFlush() {
        return bytesAtFlush.get();
    }

    @Override
    public long sizeBytes() {
        return memory.sizeBytes();
    }

    @Override
    public ByteBuffer read(long at, int length, ByteBuffer scratch) throws Failure {
        if (at == faultAt.get()) {
            throw new IllegalStateException("bad block");
        }
        return memory.read(at, length, scratch);
    }

    @Override
    public ByteBuffer destination(long at, int length, ByteBuffer scratch) {
        return memory.destination(at, length, scratch);
    }

    @Override
    public void written(long at, int length, ByteBuffer filled) throws Failure {
        bytes.addAndGet(length);
        memory.written(at, length, filled);
    }

    @Override
    public void flush() throws Failure {
        flushes.incrementAndGet();
        bytesAtFlush.set(bytes.get());
        memory.flush();
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
