package dev.tare.machine.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * System calls by the foreign-function API, made by one thread; where {@link ForeignFunctions#MISSING} says why not, there are
 * none. Tests answer in the kernel's place.
 *
 * <p>Numbers and addresses are longs, as in the kernel's own convention. A failed call returns its error number negated.
 */
public interface LinuxCalls {
    int EINTR = 4;
    int EAGAIN = 11;
    int EBUSY = 16;
    int EINVAL = 22;
    int ETIME = 62;

    /** Makes a call by a number that was looked up before, in the measured path. */
    long call(long number, long a, long b, long c, long d, long e, long f);

    /** Makes a call. */
    default long call(Call call, long a, long b, long c, long d, long e, long f) {
        return call(call.number(), a, b, c, d, e, f);
    }

    /** Those of this kernel; only where {@link ForeignFunctions#MISSING} is empty. */
    static OfThisKernel ofThisKernel() {
        return new OfThisKernel();
    }

    /** Makes them through the foreign-function API, with a place of its own for errno. */
    final class OfThisKernel implements LinuxCalls {
        private final ByteBuffer errno =
                ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        private final Object errnoSegment = ForeignFunctions.segment(errno);

        private OfThisKernel() {}

        @Override
        public long call(long number, long a, long b, long c, long d, long e, long f) {
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

        /**
         * Goes the way of {@link #call(long, long, long, long, long, long, long)} into the C library and back and asks the
         * kernel nothing: what of a call's time is not the kernel's. Returns the number.
         *
         * @param number not negative
         */
        public long callNothing(long number, long a, long b, long c, long d, long e, long f) {
            try {
                return (long) ForeignFunctions.LABS.invokeExact(errnoSegment, number, a, b, c, d, e, f);
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Throwable checked) {
                throw new IllegalStateException("labs of " + number, checked);
            }
        }
    }

    /** The error of a negative result, with its usual meaning. */
    static String error(long result) {
        int number = (int) -result;
        String meaning = switch (number) {
            case 1 -> "operation not permitted";
            case 2 -> "no such name";
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
            case 97 -> "no such family of addresses";
            case 98 -> "address in use";
            case 99 -> "no such address on this machine";
            case 104 -> "reset by the other end";
            case 110 -> "timed out";
            case 111 -> "refused";
            case 92 -> "no such option";
            case 95 -> "not supported";
            case 122 -> "disk quota exceeded";
            default -> "see errno(3)";
        };
        return "error " + number + " (" + meaning + ")";
    }

    /** Numbers of the system calls in use; those of the io_uring are the same on all architectures. */
    enum Call {
        PREAD64(17, 67),
        PWRITE64(18, 68),
        CLOSE(3, 57),
        LSEEK(8, 62),
        MMAP(9, 222),
        MPROTECT(10, 226),
        MUNMAP(11, 215),
        MADVISE(28, 233),
        SOCKET(41, 198),
        CONNECT(42, 203),
        BIND(49, 200),
        LISTEN(50, 201),
        GETSOCKNAME(51, 204),
        GETPEERNAME(52, 205),
        SETSOCKOPT(54, 208),
        GETSOCKOPT(55, 209),
        FSYNC(74, 82),
        GETPPID(110, 173),
        CLOCK_GETTIME(228, 113),
        PPOLL(271, 73),
        FALLOCATE(285, 47),
        ACCEPT4(288, 242),
        DUP3(292, 24),
        IOCTL(16, 29),
        PRCTL(157, 167),
        OPENAT(257, 56),
        IO_URING_SETUP(425, 425),
        IO_URING_ENTER(426, 426),
        IO_URING_REGISTER(427, 427);

        private static final String ARCHITECTURE = System.getProperty("os.arch", "");
        private static final boolean X86_64 = ARCHITECTURE.equals("amd64") || ARCHITECTURE.equals("x86_64");
        private static final boolean AARCH64 = ARCHITECTURE.equals("aarch64");

        private final long x86;
        private final long aarch;

        Call(long x86, long aarch) {
            this.x86 = x86;
            this.aarch = aarch;
        }

        /** Whether the numbers of this architecture are known. */
        static boolean supportsThisArchitecture() {
            return X86_64 || AARCH64;
        }

        /** The value of {@code O_DIRECT}, which differs too. */
        public static long openDirect() {
            return X86_64 ? 0x4000 : 0x10000;
        }

        /** Its number on this architecture. */
        public long number() {
            return X86_64 ? x86 : aarch;
        }
    }
}
