package dev.tare.io.linux;

import dev.tare.io.device.DeviceException;
import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.ForeignFunctions.MappedMemory;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.Closeable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * An io_uring: two rings and an array of requests in memory shared with the kernel. For the thread that made it.
 *
 * <p>Requests are numbered, and each keeps its fields from one submission to the next. Source: io_uring_setup(2),
 * io_uring_enter(2), and {@code linux/io_uring.h} for the layouts.
 */
final class IoUring implements Closeable {
    private static final int PARAMS_BYTES = 120;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    private static final int REQUEST_BYTES = 64;
    private static final int COMPLETION_BYTES = 16;
    private static final long OFFSET_REQUESTS = 0x10000000;
    private static final long PROT_READ_WRITE = 3;
    private static final long MAP_SHARED_POPULATE = 0x8001;
    private static final int SINGLE_MMAP = 1;
    private static final int TIMED_WAITS = 1 << 8;
    private static final long GET_EVENTS = 1;
    private static final long WITH_TIME = 1 << 3;
    private static final int WAIT_BYTES = 24;
    private static final int TIME_BYTES = 16;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long ENTER = Call.IO_URING_ENTER.number();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    // One thread submits, and completions are delivered when it asks for them instead of by interrupting it (Linux
    // 6.1).
    private static final int SINGLE_ISSUER_DEFERRED = 1 << 12 | 1 << 13;

    private final LinuxCalls calls;
    private final long descriptor;
    private final MappedMemory ringMemory;
    private final MappedMemory requestMemory;
    private final ByteBuffer ring;
    private final ByteBuffer requests;
    private final int submissionTailAt;
    private final int submissionArrayAt;
    private final int submissionMask;
    private final int completionHeadAt;
    private final int completionTailAt;
    private final int completionsAt;
    private final int completionMask;
    private final boolean hasTimedWaits;
    private final ByteBuffer wait =
            ByteBuffer.allocateDirect(WAIT_BYTES + TIME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final long waitAddress = ForeignFunctions.address(wait);
    private int submissionTail;
    private int completionHead;
    private int unsubmitted;

    private IoUring(
            LinuxCalls calls,
            long descriptor,
            ByteBuffer params,
            MappedMemory ringMemory,
            long ringBytes,
            MappedMemory requestMemory,
            long requestBytes) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.ringMemory = ringMemory;
        this.requestMemory = requestMemory;
        this.ring = ringMemory.slice(0, ringBytes);
        this.requests = requestMemory.slice(0, requestBytes);
        this.submissionTailAt = params.getInt(SQ_OFFSETS + 4);
        this.submissionArrayAt = params.getInt(SQ_OFFSETS + 24);
        this.completionHeadAt = params.getInt(CQ_OFFSETS);
        this.completionTailAt = params.getInt(CQ_OFFSETS + 4);
        this.completionsAt = params.getInt(CQ_OFFSETS + 20);
        this.submissionMask = ring.getInt(params.getInt(SQ_OFFSETS + 8));
        this.completionMask = ring.getInt(params.getInt(CQ_OFFSETS + 8));
        this.hasTimedWaits = (params.getInt(20) & TIMED_WAITS) != 0;
        wait.putLong(Long.BYTES * 2, waitAddress + WAIT_BYTES);
    }

    /**
     * Makes a ring for at least so many requests at once.
     *
     * @throws DeviceException when the kernel does not give it, or a part of it; then nothing of it stays
     */
    static IoUring open(LinuxCalls calls, int entries) throws DeviceException {
        ByteBuffer params = ByteBuffer.allocateDirect(PARAMS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long descriptor = setUp(calls, entries, params);
        try {
            return map(calls, descriptor, params);
        } catch (DeviceException | RuntimeException | Error e) {
            calls.call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
            throw e;
        }
    }

    private static IoUring map(LinuxCalls calls, long descriptor, ByteBuffer params) throws DeviceException {
        int features = params.getInt(20);
        if ((features & SINGLE_MMAP) == 0) {
            throw unavailable("Linux 5.4 or newer", "an older io_uring");
        }
        int submissions = params.getInt(0);
        int completions = params.getInt(4);
        long ringBytes = Math.max(
                params.getInt(SQ_OFFSETS + 24) + (long) submissions * Integer.BYTES,
                params.getInt(CQ_OFFSETS + 20) + (long) completions * COMPLETION_BYTES);
        long requestBytes = (long) submissions * REQUEST_BYTES;
        MappedMemory ringMemory = map(calls, descriptor, ringBytes, 0);
        MappedMemory requestMemory;
        try {
            requestMemory = map(calls, descriptor, requestBytes, OFFSET_REQUESTS);
        } catch (DeviceException | RuntimeException | Error e) {
            ringMemory.close();
            throw e;
        }
        return new IoUring(calls, descriptor, params, ringMemory, ringBytes, requestMemory, requestBytes);
    }

    /** Why this kernel gives no ring, or empty when it does. */
    static Optional<String> refusal(LinuxCalls calls) {
        try {
            open(calls, 1).close();
            return Optional.empty();
        } catch (DeviceException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static long setUp(LinuxCalls calls, int entries, ByteBuffer params) throws DeviceException {
        long address = ForeignFunctions.address(params);
        params.putInt(8, SINGLE_ISSUER_DEFERRED);
        long result = calls.call(Call.IO_URING_SETUP, entries, address, 0, 0, 0, 0);
        if (result == -LinuxCalls.EINVAL) {
            params.putInt(8, 0);
            result = calls.call(Call.IO_URING_SETUP, entries, address, 0, 0, 0, 0);
        }
        if (result < 0) {
            throw unavailable("to be allowed", LinuxCalls.error(result));
        }
        return result;
    }

    private static DeviceException unavailable(String expected, String got) {
        return new DeviceException(
                "io_uring", expected, got, "see kernel.io_uring_disabled and the container's seccomp profile");
    }

    private static MappedMemory map(LinuxCalls calls, long descriptor, long bytes, long offset) throws DeviceException {
        long address = calls.call(Call.MMAP, 0, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, descriptor, offset);
        if (address < 0 && address > -4096) {
            throw unavailable("its memory to be mapped", LinuxCalls.error(address));
        }
        return ForeignFunctions.memory(address, bytes, () -> calls.call(Call.MUNMAP, address, bytes, 0, 0, 0, 0));
    }

    /** Registers something with the ring; false when the kernel does not take it. */
    boolean register(int what, ByteBuffer descriptions, int count) {
        return calls.call(Call.IO_URING_REGISTER, descriptor, what, ForeignFunctions.address(descriptions), count, 0, 0)
                >= 0;
    }

    /** Takes back what was registered; when it returns, the ring no longer holds it. */
    void unregister(int what) {
        calls.call(Call.IO_URING_REGISTER, descriptor, what, 0, 0, 0, 0);
    }

    /** The fields of a request, 64 bytes each from {@code number * 64} on. */
    ByteBuffer requests() {
        return requests;
    }

    /** Puts a request into the ring; the kernel sees it with the next {@link #enter}. */
    void push(int number) {
        ring.putInt(submissionArrayAt + (submissionTail & submissionMask) * Integer.BYTES, number);
        submissionTail++;
        unsubmitted++;
        INT.setRelease(ring, submissionTailAt, submissionTail);
    }

    int unsubmitted() {
        return unsubmitted;
    }

    /** Whether a completion can be read by {@link #tag()} and {@link #result()}. */
    boolean hasCompletion() {
        return completionHead != (int) INT.getAcquire(ring, completionTailAt);
    }

    /** Tag of the oldest completion: the {@code user_data} of its request. */
    int tag() {
        return ring.getInt(completionsAt + (completionHead & completionMask) * COMPLETION_BYTES);
    }

    /** Result of the oldest completion: bytes, or an error number negated. */
    int result() {
        return ring.getInt(completionsAt + (completionHead & completionMask) * COMPLETION_BYTES + Long.BYTES);
    }

    /** Gives the oldest completion back to the kernel. */
    void pop() {
        completionHead++;
        INT.setRelease(ring, completionHeadAt, completionHead);
    }

    /** Submits what was pushed and waits until at least {@code completions} are there; interruptions only return early. */
    void enter(int completions) throws DeviceException {
        entered(calls.call(ENTER, descriptor, unsubmitted, completions, completions > 0 ? GET_EVENTS : 0, 0, 0));
    }

    /**
     * Submits what was pushed and waits until a completion is there, but no longer than this; may return early, and at once
     * before Linux 5.11, which cannot be given a time.
     */
    void enterFor(long limitNs) throws DeviceException {
        if (limitNs <= 0 || !hasTimedWaits) {
            // Deferred completions come only to who asks for them.
            entered(calls.call(ENTER, descriptor, unsubmitted, 0, GET_EVENTS, 0, 0));
            return;
        }
        wait.putLong(WAIT_BYTES, limitNs / NS_PER_S).putLong(WAIT_BYTES + Long.BYTES, limitNs % NS_PER_S);
        entered(calls.call(ENTER, descriptor, unsubmitted, 1, GET_EVENTS | WITH_TIME, waitAddress, WAIT_BYTES));
    }

    private void entered(long result) throws DeviceException {
        if (result >= 0) {
            unsubmitted -= (int) result;
        } else if (result != -LinuxCalls.EINTR
                && result != -LinuxCalls.EAGAIN
                && result != -LinuxCalls.EBUSY
                && result != -LinuxCalls.ETIME) {
            throw new DeviceException(
                    "io_uring", "to submit and wait", LinuxCalls.error(result), "the kernel's log may say more");
        }
    }

    @Override
    public void close() {
        requestMemory.close();
        ringMemory.close();
        calls.call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }
}
