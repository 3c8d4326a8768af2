package dev.tare.io.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * System calls of one thread.
 *
 * <p>Numbers and addresses are longs, as in the kernel's own convention. A failed call returns its error number negated.
 */
final class Kernel {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EBUSY = 16;
    static final int EINVAL = 22;

    private final ByteBuffer errno = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    private final Object errnoSegment = ForeignFunctions.segment(errno);

    long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
        return call(call.number(), a, b, c, d, e, f);
    }

    /** As above for a number looked up before, in the measured path. */
    long call(long number, long a, long b, long c, long d, long e, long f) {
        long result;
        try {
            result = (long) ForeignFunctions.SYSCALL.invokeExact(errnoSegment, number, a, b, c, d, e, f);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable checked) {
            throw new IllegalStateException("system call " + number, checked);
        }
        return result == -1 ? -errno.getInt(0) : result;
    }

    /** The error of a negative result, with its usual meaning in I/O. */
    static String error(long result) {
        int number = (int) -result;
        String meaning = switch (number) {
            case 1 -> "operation not permitted";
            case 5 -> "I/O error";
            case 6 -> "no such device";
            case 9 -> "not open for this";
            case 12 -> "out of memory, or of lockable memory";
            case 13 -> "permission denied";
            case 16 -> "busy";
            case 19 -> "no such device";
            case 22 -> "invalid argument";
            case 27 -> "file too large";
            case 28 -> "no space left on device";
            case 30 -> "read-only file system";
            case 38 -> "not in this kernel";
            case 95 -> "not supported";
            case 122 -> "disk quota exceeded";
            default -> "see errno(3)";
        };
        return "error " + number + " (" + meaning + ")";
    }
}
