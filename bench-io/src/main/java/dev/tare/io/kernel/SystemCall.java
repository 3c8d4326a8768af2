package dev.tare.io.kernel;

/** Numbers of the system calls in use; those of the io_uring are the same on all architectures. */
enum SystemCall {
    PREAD64(17, 67),
    PWRITE64(18, 68),
    CLOSE(3, 57),
    LSEEK(8, 62),
    MMAP(9, 222),
    MUNMAP(11, 215),
    MADVISE(28, 233),
    FDATASYNC(75, 83),
    OPENAT(257, 56),
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427);

    private static final String ARCHITECTURE = System.getProperty("os.arch", "");
    private static final boolean X86_64 = ARCHITECTURE.equals("amd64") || ARCHITECTURE.equals("x86_64");
    private static final boolean AARCH64 = ARCHITECTURE.equals("aarch64");

    private final long x86;
    private final long aarch;

    SystemCall(long x86, long aarch) {
        this.x86 = x86;
        this.aarch = aarch;
    }

    static boolean supportsThisArchitecture() {
        return X86_64 || AARCH64;
    }

    /** The value of {@code O_DIRECT}, which differs too. */
    static long openDirect() {
        return X86_64 ? 0x4000 : 0x10000;
    }

    long number() {
        return X86_64 ? x86 : aarch;
    }
}
