package dev.tare.io.file;

import dev.tare.harness.Reasons;
import dev.tare.io.device.DeviceException;
import dev.tare.io.file.OpenMode.Engine;
import dev.tare.io.linux.LinuxFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An existing file or device, opened around the page cache if that works there.
 *
 * @param channel for I/O from plain Java
 * @param kernel the same file for I/O by system calls of our own, where this JVM can
 * @param mode as it was asked for
 * @param direct {@code yes}, or {@code no} and why
 */
record OpenFile(
        Path path, FileChannel channel, Optional<LinuxFile> kernel, OpenMode mode, int alignBytes, String direct)
        implements Closeable {
    private static final int LEAST_ALIGN_BYTES = 4096;

    /**
     * Opens it. Whether direct I/O works is only believed after a real transfer: some file systems accept the option and
     * fail later.
     *
     * @param probeWrites whether the first block is ours and may be written to find out
     * @param exclusive whether to be refused a block device that anything else on this machine holds
     */
    static OpenFile open(Path path, boolean write, OpenMode mode, boolean probeWrites, boolean exclusive)
            throws IOException {
        try {
            return opened(path, write, mode, probeWrites, exclusive);
        } catch (FileSystemException e) {
            // Its own message is the path, with three words at best.
            String reason = e instanceof AccessDeniedException
                    ? "no permission; run as root or as a member of its group (ls -l " + path + ")"
                    : Objects.requireNonNullElse(e.getReason(), e.getClass().getSimpleName()) + "; name another target";
            throw new IOException(
                    path + ": expected to be opened for " + (write ? "reading and writing" : "reading") + ", got "
                            + reason,
                    e);
        }
    }

    private static OpenFile opened(Path path, boolean write, OpenMode mode, boolean probeWrites, boolean exclusive)
            throws IOException {
        int align = (int) Math.max(LEAST_ALIGN_BYTES, Files.getFileStore(path).getBlockSize());
        String answer = mode.engine() == Engine.MMAP
                ? "no, a mapped file is the page cache"
                : "no, as asked: this measures the page cache";
        if (mode.direct() && mode.engine() != Engine.MMAP) {
            try {
                FileChannel channel = openAndProbe(path, write, mode.dsync(), align, probeWrites);
                return with(channel, path, write, mode, exclusive, align, "yes");
            } catch (UnsupportedOperationException | ProbeFailure e) {
                answer = "no, it does not work here: " + Reasons.of(e);
            }
        }
        FileChannel channel = FileChannel.open(path, options(write, false, mode.dsync()));
        OpenMode cached = new OpenMode(false, mode.dsync(), mode.engine());
        return with(channel, path, write, cached, exclusive, align, answer);
    }

    /** The same under the name that it has been given since. */
    OpenFile named(Path lasting) {
        return new OpenFile(lasting, channel, kernel, mode, alignBytes, direct);
    }

    /** Opens the file for the kernel's interface, too; the channel is closed when that fails. */
    private static OpenFile with(
            FileChannel channel,
            Path path,
            boolean write,
            OpenMode mode,
            boolean exclusive,
            int alignBytes,
            String answer)
            throws IOException {
        try {
            Optional<LinuxFile> kernel = LinuxFile.missing().isPresent()
                    ? Optional.empty()
                    : Optional.of(LinuxFile.open(path, write, mode.direct(), mode.dsync(), exclusive));
            return new OpenFile(path, channel, kernel, mode, alignBytes, answer);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static final class ProbeFailure extends IOException {
        ProbeFailure(IOException cause) {
            super(Reasons.of(cause), cause);
        }
    }

    private static FileChannel openAndProbe(Path path, boolean write, boolean dsync, int align, boolean probeWrites)
            throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options(write, true, dsync));
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new ProbeFailure(e);
        }
        try {
            probe(channel, path, align, probeWrites);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new ProbeFailure(e);
        } catch (RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static Set<OpenOption> options(boolean write, boolean direct, boolean dsync) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ));
        if (write) {
            options.add(StandardOpenOption.WRITE);
        }
        if (dsync) {
            options.add(StandardOpenOption.DSYNC);
        }
        if (direct) {
            options.add(directOption());
        }
        return options;
    }

    /**
     * The JDK's option for O_DIRECT, by its name: newer compilers warn of every mention of its class, and nothing
     * silences them.
     */
    private static OpenOption directOption() throws IOException {
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            for (Object option : Objects.requireNonNull(options)) {
                if (option instanceof OpenOption found && option.toString().equals("DIRECT")) {
                    return found;
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IOException("this JVM cannot open files with O_DIRECT: it lacks the module jdk.unsupported", e);
        }
        throw new IOException("this JVM cannot open files with O_DIRECT: it has no such option");
    }

    private static void probe(FileChannel channel, Path path, int align, boolean write) throws IOException {
        Transfer transfer = Transfer.of(channel, path.toString(), (positionBytes, bytes) -> {});
        ByteBuffer block = Transfer.buffers(1, align, align)[0];
        if (write) {
            transfer.write(block, 0, align);
        }
        if (channel.size() >= align) {
            transfer.read(block, 0, align);
        }
    }

    /** Whether I/Os at this depth are done by system calls of our own. */
    boolean usesKernel(int depth) {
        return switch (mode.engine()) {
            case URING -> true;
            case AUTO ->
                kernel.isPresent() && (depth == 1 || kernel.get().ringRefusal().isEmpty());
            case THREADS, MMAP -> false;
        };
    }

    /** How I/Os at this depth reach the kernel. */
    String interfaceAt(int depth) {
        if (usesKernel(depth)) {
            return (depth == 1 && mode.engine() == Engine.AUTO ? "pread64 and pwrite64" : "io_uring")
                    + " through the foreign-function API";
        }
        String plain = (mode.engine() == Engine.MMAP ? "a mapping of the file" : "FileChannel")
                + (depth == 1 ? "" : ", a thread for each outstanding I/O");
        return mode.engine() == Engine.AUTO ? plain + " (" + whyNotKernel() + ")" : plain;
    }

    private String whyNotKernel() {
        return LinuxFile.missing()
                .or(() -> kernel.flatMap(LinuxFile::ringRefusal))
                .orElse("");
    }

    /**
     * Checks that the engine that was asked for can be had.
     *
     * @throws DeviceException when it cannot, with the reason
     */
    void requireEngine() throws DeviceException {
        if (mode.engine() == Engine.URING && !whyNotKernel().isEmpty()) {
            throw new DeviceException(
                    "engine=uring on " + path,
                    "an io_uring",
                    whyNotKernel(),
                    "pass engine=threads, or start it where there is one");
        }
    }

    /** Whether the file has holes: reading them never reaches the device. */
    String extents(long sizeBytes) {
        if (kernel.isEmpty()) {
            return "unknown: " + LinuxFile.missing().orElse("");
        }
        OptionalLong hole = kernel.get().firstHole();
        if (hole.isEmpty()) {
            return "unknown: the file system does not tell";
        }
        return hole.getAsLong() >= sizeBytes
                ? "allocated: no holes"
                : "sparse: a hole at " + hole.getAsLong() + " is read without touching the device";
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            kernel.ifPresent(LinuxFile::close);
        }
    }
}
