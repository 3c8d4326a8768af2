package dev.tare.io.linux;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.CallingThreadQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.machine.KernelPath;
import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A file or device opened by a system call of our own, whose queues use the kernel's interface. */
public final class LinuxFile implements Closeable {
    private static final long AT_FDCWD = -100;
    private static final long O_RDWR = 2;
    private static final long O_EXCL = 0x80;
    private static final long O_CLOEXEC = 0x80000;
    private static final long SEEK_HOLE = 4;

    private final LinuxCalls calls = LinuxCalls.ofThisKernel();
    private final String name;
    private final long descriptor;
    private final Optional<String> ringRefusal;

    private LinuxFile(Path path, boolean write, boolean direct, boolean exclusive) throws IOException {
        this.ringRefusal = IoUring.refusal(calls);
        this.name = path.toString();
        long flags = (write ? O_RDWR : 0) | (direct ? Call.openDirect() : 0) | (exclusive ? O_EXCL : 0) | O_CLOEXEC;
        this.descriptor = open(calls, path, flags);
        if (descriptor < 0) {
            throw new DeviceException(
                    "open " + name,
                    "success",
                    LinuxCalls.error(descriptor),
                    "check its permissions, and that nothing holds it");
        }
    }

    private static long open(LinuxCalls calls, Path path, long flags) {
        byte[] bytes = KernelPath.bytes(path);
        ByteBuffer terminated = ByteBuffer.allocateDirect(bytes.length + 1).put(0, bytes);
        return calls.call(Call.OPENAT, AT_FDCWD, ForeignFunctions.address(terminated), flags, 0, 0, 0);
    }

    /**
     * Whether anything on this machine holds a block device exclusively, be it a mount in another namespace or a target that
     * serves it: the kernel shows no holder for some of them. Empty when that cannot be found out.
     */
    public static Optional<Boolean> isHeld(Path device) throws IOException {
        if (missing().isPresent()) {
            return DiskProgram.isHeld(device);
        }
        LinuxCalls calls = LinuxCalls.ofThisKernel();
        long descriptor = open(calls, device, O_RDWR | O_EXCL | O_CLOEXEC);
        if (descriptor >= 0) {
            calls.call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
        }
        return descriptor >= 0 || descriptor == -LinuxCalls.EBUSY
                ? Optional.of(descriptor == -LinuxCalls.EBUSY)
                : Optional.empty();
    }

    /** Why this JVM cannot use the kernel's interface, or empty when it can. */
    public static Optional<String> missing() {
        return ForeignFunctions.MISSING;
    }

    /**
     * Opens an existing file or device; only where {@link #missing()} is empty.
     *
     * @param exclusive refuse a block device that is mounted or otherwise held, in whatever namespace
     */
    public static LinuxFile open(Path path, boolean write, boolean direct, boolean exclusive) throws IOException {
        return new LinuxFile(path, write, direct, exclusive);
    }

    /** Whether {@link #openQueue} can be used: the administrator may have forbidden the io_uring. */
    public boolean serves(int depth) {
        return depth == 1 || ringRefusal.isEmpty();
    }

    /** Why deeper queues cannot be used, or empty when they can. */
    public Optional<String> ringRefusal() {
        return ringRefusal;
    }

    /** How I/Os at this depth reach the kernel. */
    public String interfaceAt(int depth) {
        return depth == 1
                ? "pread64 and pwrite64 through the foreign-function API"
                : "io_uring through the foreign-function API";
    }

    /** Opens a queue: at depth 1 one system call per I/O, deeper an io_uring. */
    public BlockQueue openQueue(int depth, int blockBytes) throws IOException {
        return depth == 1
                ? new CallingThreadQueue(new PositionedCalls(name, descriptor, blockBytes), name)
                : IoUringQueue.open(name, descriptor, depth, blockBytes);
    }

    /** Position of the first hole, or the size when there is none; empty when the file system does not tell. */
    public OptionalLong firstHole() {
        long hole = calls.call(Call.LSEEK, descriptor, 0, SEEK_HOLE, 0, 0, 0);
        return hole < 0 ? OptionalLong.empty() : OptionalLong.of(hole);
    }

    @Override
    public void close() {
        calls.call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }

    /** Makes written data durable. */
    static void flush(LinuxCalls calls, String name, long descriptor) throws DeviceException {
        long result = calls.call(Call.FDATASYNC, descriptor, 0, 0, 0, 0, 0);
        if (result < 0) {
            throw new DeviceException(
                    "flush of " + name, "success", LinuxCalls.error(result), "the kernel's log may say more");
        }
    }

    /** What a completed I/O returned, if it is not all of its bytes. */
    static DeviceException failure(String name, boolean read, int bytes, long positionBytes, long result) {
        return new DeviceException(
                (read ? "read" : "write") + " of " + bytes + " bytes at " + positionBytes + " of " + name,
                "all of them",
                result < 0 ? LinuxCalls.error(result) : result + " bytes",
                "is the device full, cut or gone? the kernel's log may say more");
    }

    /** {@code pread64} and {@code pwrite64}. */
    private static final class PositionedCalls implements CallingThreadQueue.Calls {
        private static final long PREAD = Call.PREAD64.number();
        private static final long PWRITE = Call.PWRITE64.number();

        private final LinuxCalls calls = LinuxCalls.ofThisKernel();
        private final String name;
        private final long descriptor;
        private final HugePages pages;
        private final long address;

        PositionedCalls(String name, long descriptor, int bufferBytes) throws IOException {
            this.name = name;
            this.descriptor = descriptor;
            this.pages = new HugePages(calls, 1, bufferBytes);
            this.address = pages.address(0);
        }

        @Override
        public ByteBuffer buffer() {
            return pages.buffer(0);
        }

        @Override
        public void read(long positionBytes, int bytes) throws IOException {
            move(PREAD, positionBytes, bytes);
        }

        @Override
        public void write(long positionBytes, int bytes) throws IOException {
            move(PWRITE, positionBytes, bytes);
        }

        private void move(long call, long positionBytes, int bytes) throws IOException {
            long result;
            do {
                result = calls.call(call, descriptor, address, bytes, positionBytes, 0, 0);
            } while (result == -LinuxCalls.EINTR);
            if (result != bytes) {
                throw failure(name, call == PREAD, bytes, positionBytes, result);
            }
        }

        @Override
        public void flush() throws IOException {
            LinuxFile.flush(calls, name, descriptor);
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
