package dev.tare.net.socket;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/** Waits for a descriptor by {@code ppoll(2)}, for short: the kernel does not know of Java's interrupts. */
final class KernelPoll {
    static final int READABLE = 1;
    static final int WRITABLE = 4;

    private static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int EVENTS_OFFSET = 4;

    private final LinuxCalls kernel = LinuxCalls.ofThisKernel();
    /** {@code struct pollfd}: descriptor, events asked for, events seen. */
    private final ByteBuffer asked = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    /** {@code struct timespec}; the kernel writes into it what is left. */
    private final ByteBuffer limit = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());

    /** @param events {@link #READABLE} or {@link #WRITABLE}; errors come unasked */
    KernelPoll(long descriptor, int events) {
        asked.putInt(0, (int) descriptor).putShort(EVENTS_OFFSET, (short) events);
    }

    /** Whether something has happened; false when nothing has within 50 ms, or a signal came. */
    boolean await() throws IOException {
        return await(LONGEST_NS);
    }

    /** Whether something has happened already. */
    boolean isReady() throws IOException {
        return await(0);
    }

    private boolean await(long limitNs) throws IOException {
        limit.putLong(0, 0).putLong(Long.BYTES, limitNs);
        long result =
                kernel.call(Call.PPOLL, ForeignFunctions.address(asked), 1, ForeignFunctions.address(limit), 0, 0, 0);
        if (result == -LinuxCalls.EINTR) {
            return false;
        }
        return VsockChannel.require(result, "VSOCK: expected ppoll") > 0;
    }
}
