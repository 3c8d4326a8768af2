package dev.tare.io.kernel;

import java.nio.ByteBuffer;

/** Memory mapped by a system call; its buffers throw once it is closed, instead of touching pages that are gone. */
final class MappedMemory {
    private final Object segment;
    private final AutoCloseable arena;
    private final long address;

    MappedMemory(Object segment, AutoCloseable arena, long address) {
        this.segment = segment;
        this.arena = arena;
        this.address = address;
    }

    long address() {
        return address;
    }

    ByteBuffer slice(long offset, long bytes) {
        return ForeignFunctions.slice(segment, offset, bytes);
    }

    void close() {
        try {
            arena.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("unmapping memory at " + address, e);
        }
    }
}
