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
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A file or device opened by a system call of our own, whose queues use the kernel's interface. */
public final class LinuxFile implements Closeable {
    private static final int TYPE_MASK = 0xf000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final long AT_FDCWD = -100;
    private static final long O_RDWR = 2;
    private static final long O_EXCL = 0x80;
    private static final long O_DSYNC = 0x1000;
    private static final long O_CLOEXEC = 0x80000;
    private static final long SEEK_HOLE = 4;
    private static final long PUNCH_HOLE_KEEP_SIZE = 3;
    private static final long BLKDISCARD = 0x1277;

    private final LinuxCalls calls = LinuxCalls.ofThisKernel();
    private final String name;
    private final long descriptor;
    private final boolean isBlockDevice;
    private final Optional<String> ringRefusal;
    private final ThreadLocal<DiscardCalls> discards = ThreadLocal.withInitial(DiscardCalls::new);

    private LinuxFile(Path path, boolean write, boolean direct, boolean dsync, boolean exclusive) throws IOException {
        this.ringRefusal = IoUring.refusal(calls);
        this.name = path.toString();
        this.isBlockDevice = isBlockDevice(path);
        long flags = (write ? O_RDWR : 0)
                | (direct ? Call.openDirect() : 0)
                | (dsync ? O_DSYNC : 0)
                | (exclusive ? O_EXCL : 0)
                | O_CLOEXEC;
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

    /** Whether a path leads to a block device. */
    public static boolean isBlockDevice(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == BLOCK_DEVICE;
    }

    /** Why this JVM cannot use the kernel's interface, or empty when it can. */
    public static Optional<String> missing() {
        return ForeignFunctions.MISSING;
    }

    /**
     * Opens an existing file or device; only where {@link #missing()} is empty.
     *
     * @param dsync whether every write is durable when it is done
     * @param exclusive refuse a block device that is mounted or otherwise held, in whatever namespace
     */
    public static LinuxFile open(Path path, boolean write, boolean direct, boolean dsync, boolean exclusive)
            throws IOException {
        return new LinuxFile(path, write, direct, dsync, exclusive);
    }

    /** Why {@link #openRing} cannot be used, or empty when it can: the administrator may have forbidden the io_uring. */
    public Optional<String> ringRefusal() {
        return ringRefusal;
    }

    /** Opens a queue of depth 1 with one system call per I/O. */
    public BlockQueue openCalls(int blockBytes) throws IOException {
        return new CallingThreadQueue(new PositionedCalls(blockBytes), name);
    }

    /** Opens a queue on an io_uring. */
    public BlockQueue openRing(int depth, int blockBytes) throws IOException {
        return IoUringQueue.open(name, descriptor, depth, blockBytes);
    }

    /** Tells the device that bytes are no longer needed, by BLKDISCARD, or punches a hole into the file; any thread may. */
    public void discard(long positionBytes, long bytes) throws DeviceException {
        long result = discards.get().call(positionBytes, bytes);
        if (result < 0) {
            throw new DeviceException(
                    "discard of " + bytes + " bytes at " + positionBytes + " of " + name,
                    "success",
                    LinuxCalls.error(result),
                    isBlockDevice
                            ? "a device that takes none has 0 in its queue/discard_max_bytes below /sys/block"
                            : "the file system must be one that can punch holes, such as ext4 or XFS");
        }
    }

    /** The call of one thread, whose arguments and error are its own. */
    private final class DiscardCalls {
        private final LinuxCalls own = LinuxCalls.ofThisKernel();
        private final ByteBuffer range =
                ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());
        private final long rangeAddress = ForeignFunctions.address(range);

        long call(long positionBytes, long bytes) {
            if (!isBlockDevice) {
                return own.call(Call.FALLOCATE, descriptor, PUNCH_HOLE_KEEP_SIZE, positionBytes, bytes, 0, 0);
            }
            range.putLong(0, positionBytes).putLong(Long.BYTES, bytes);
            return own.call(Call.IOCTL, descriptor, BLKDISCARD, rangeAddress, 0, 0, 0);
        }
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
        long result = calls.call(Call.FSYNC, descriptor, 0, 0, 0, 0, 0);
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
    private final class PositionedCalls implements CallingThreadQueue.Calls {
        private static final long PREAD = Call.PREAD64.number();
        private static final long PWRITE = Call.PWRITE64.number();

        private final LinuxCalls own = LinuxCalls.ofThisKernel();
        private final HugePages pages;
        private final long address;

        PositionedCalls(int bufferBytes) throws IOException {
            this.pages = new HugePages(own, 1, bufferBytes);
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
                result = own.call(call, descriptor, address, bytes, positionBytes, 0, 0);
            } while (result == -LinuxCalls.EINTR);
            if (result != bytes) {
                throw failure(name, call == PREAD, bytes, positionBytes, result);
            }
        }

        @Override
        public void discard(long positionBytes, int bytes) throws IOException {
            LinuxFile.this.discard(positionBytes, bytes);
        }

        @Override
        public void flush() throws IOException {
            LinuxFile.flush(own, name, descriptor);
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
