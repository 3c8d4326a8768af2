package dev.tare.io.linux;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A deep queue on an io_uring: request {@code n} belongs to slot {@code n} and keeps its buffer and file, so that a
 * submission writes three fields. File and buffers are registered, which spares the kernel to look them up, and to pin
 * and release the pages, for every I/O.
 */
final class IoUringQueue implements BlockQueue {
    private static final int REGISTER_BUFFERS = 0;
    private static final int REGISTER_FILES = 2;
    private static final int UNREGISTER_FILES = 3;
    private static final byte READ_FIXED = 4;
    private static final byte WRITE_FIXED = 5;
    private static final byte READ = 22;
    private static final byte WRITE = 23;
    private static final byte FIXED_FILE = 1;
    private static final int MOST_HELD_BACK = 4;
    private static final long PR_SET_TIMERSLACK = 29;

    private final LinuxCalls calls;
    private final IoUring ring;
    private final HugePages pages;
    private final String name;
    private final long descriptor;
    private final ByteBuffer[] buffers;
    private final ByteBuffer requests;
    private final byte readCode;
    private final byte writeCode;
    private final int heldBack;
    private int outstanding;

    private IoUringQueue(
            LinuxCalls calls, IoUring ring, HugePages pages, String name, long descriptor, int depth, int blockBytes) {
        this.calls = calls;
        this.ring = ring;
        this.pages = pages;
        this.name = name;
        this.descriptor = descriptor;
        this.requests = ring.requests();
        this.buffers = new ByteBuffer[depth];
        this.heldBack = Math.min(MOST_HELD_BACK, Math.max(1, depth / 16));
        boolean fixedBuffers = registerBuffers(blockBytes);
        this.readCode = fixedBuffers ? READ_FIXED : READ;
        this.writeCode = fixedBuffers ? WRITE_FIXED : WRITE;
        boolean fixedFile = registerFile();
        for (int slot = 0; slot < depth; slot++) {
            prepare(slot, fixedFile);
        }
    }

    static IoUringQueue open(String name, long descriptor, int depth, int blockBytes) throws IOException {
        LinuxCalls calls = LinuxCalls.ofThisKernel();
        // A thread that waits for a time is otherwise woken up to 50 us late, and one that watched the clock instead
        // would be
        // charged for it by a scheduler that has others to serve.
        calls.call(Call.PRCTL, PR_SET_TIMERSLACK, 1, 0, 0, 0, 0);
        IoUring ring = IoUring.open(calls, depth);
        try {
            HugePages pages = new HugePages(calls, depth, blockBytes);
            try {
                return new IoUringQueue(calls, ring, pages, name, descriptor, depth, blockBytes);
            } catch (RuntimeException | Error e) {
                pages.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            ring.close();
            throw e;
        }
    }

    private boolean registerBuffers(int blockBytes) {
        ByteBuffer vectors =
                ByteBuffer.allocateDirect(buffers.length * 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int slot = 0; slot < buffers.length; slot++) {
            vectors.putLong(pages.address(slot)).putLong(blockBytes);
        }
        return ring.register(REGISTER_BUFFERS, vectors, buffers.length);
    }

    private boolean registerFile() {
        ByteBuffer files = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return ring.register(REGISTER_FILES, files.putInt(0, (int) descriptor), 1);
    }

    private void prepare(int slot, boolean fixedFile) {
        int at = slot * 64;
        requests.put(at + 1, fixedFile ? FIXED_FILE : 0);
        requests.putInt(at + 4, fixedFile ? 0 : (int) descriptor);
        requests.putLong(at + 16, pages.address(slot));
        requests.putLong(at + 32, slot);
        requests.putShort(at + 40, (short) slot);
        buffers[slot] = pages.buffer(slot);
    }

    @Override
    public int depth() {
        return buffers.length;
    }

    @Override
    public ByteBuffer buffer(int slot) {
        return buffers[slot];
    }

    @Override
    public void submitRead(int slot, long positionBytes, int bytes) throws IOException {
        submit(slot, positionBytes, bytes, readCode);
    }

    @Override
    public void submitWrite(int slot, long positionBytes, int bytes) throws IOException {
        submit(slot, positionBytes, bytes, writeCode);
    }

    private void submit(int slot, long positionBytes, int bytes, byte code) throws IOException {
        int at = slot * 64;
        requests.put(at, code);
        requests.putLong(at + 8, positionBytes);
        requests.putInt(at + 24, bytes);
        ring.push(slot);
        outstanding++;
        // While completions are at hand, await() makes no system call; a few submissions may share one, not many, or
        // the device would see a shallower queue than was asked for.
        if (ring.unsubmitted() >= heldBack) {
            ring.enter(0);
        }
    }

    @Override
    public int await() throws IOException {
        requireOutstanding();
        while (!ring.hasCompletion()) {
            ring.enter(1);
            failIfInterrupted();
        }
        int slot = ring.tag();
        int result = ring.result();
        ring.pop();
        outstanding--;
        int bytes = requests.getInt(slot * 64 + 24);
        if (result != bytes) {
            boolean read = requests.get(slot * 64) == readCode;
            throw LinuxFile.failure(name, read, bytes, requests.getLong(slot * 64 + 8), result);
        }
        return slot;
    }

    @Override
    public boolean awaitUntil(long untilNs) throws IOException {
        requireOutstanding();
        if (ring.unsubmitted() > 0) {
            ring.enter(0);
        }
        while (!ring.hasCompletion()) {
            long leftNs = untilNs - System.nanoTime();
            if (leftNs <= 0) {
                return false;
            }
            ring.enterFor(leftNs);
            failIfInterrupted();
        }
        return true;
    }

    private void requireOutstanding() throws DeviceException {
        if (outstanding == 0) {
            throw DeviceException.nothingOutstanding(name);
        }
    }

    private void failIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for " + name);
        }
    }

    @Override
    public void flush() throws IOException {
        LinuxFile.flush(calls, name, descriptor);
    }

    /** Waits for what is outstanding, whose buffers the device may still be writing to. */
    @Override
    public void close() throws IOException {
        try {
            while (outstanding > 0) {
                if (ring.hasCompletion()) {
                    ring.pop();
                    outstanding--;
                } else {
                    ring.enter(1);
                }
            }
        } finally {
            // The kernel tears a closed ring down later: until then a file in it keeps its device busy.
            ring.unregister(UNREGISTER_FILES);
            ring.close();
            pages.close();
        }
    }
}
