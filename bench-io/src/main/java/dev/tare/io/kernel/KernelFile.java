package dev.tare.io.kernel;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.CallingThreadQueue;
import dev.tare.io.device.DeviceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A file or device opened by a system call of our own, whose queues use the kernel's interface. */
public final class KernelFile implements Closeable {
    private static final long AT_FDCWD = -100;
    private static final long O_RDWR = 2;
    private static final long O_EXCL = 0x80;
    private static final long O_CLOEXEC = 0x80000;
    private static final long SEEK_HOLE = 4;

    private final Kernel kernel = new Kernel();
    private final String name;
    private final long descriptor;
    private final Optional<String> ringRefusal;

    private KernelFile(Path path, boolean write, boolean direct, boolean exclusive) throws IOException {
        this.name = path.toString();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer terminated = ByteBuffer.allocateDirect(bytes.length + 1).put(0, bytes);
        long flags =
                (write ? O_RDWR : 0) | (direct ? SystemCall.openDirect() : 0) | (exclusive ? O_EXCL : 0) | O_CLOEXEC;
        this.descriptor =
                kernel.call(SystemCall.OPENAT, AT_FDCWD, ForeignFunctions.address(terminated), flags, 0, 0, 0);
        if (descriptor < 0) {
            throw new DeviceException(
                    "open " + name,
                    "success",
                    Kernel.error(descriptor),
                    "check its permissions, and that nothing holds it");
        }
        this.ringRefusal = Ring.refusal(kernel);
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
    public static KernelFile open(Path path, boolean write, boolean direct, boolean exclusive) throws IOException {
        return new KernelFile(path, write, direct, exclusive);
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
                : RingQueue.open(name, descriptor, depth, blockBytes);
    }

    /** Position of the first hole, or the size when there is none; empty when the file system does not tell. */
    public OptionalLong firstHole() {
        long hole = kernel.call(SystemCall.LSEEK, descriptor, 0, SEEK_HOLE, 0, 0, 0);
        return hole < 0 ? OptionalLong.empty() : OptionalLong.of(hole);
    }

    @Override
    public void close() {
        kernel.call(SystemCall.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }
}
