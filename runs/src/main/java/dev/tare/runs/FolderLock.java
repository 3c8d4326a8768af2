package dev.tare.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file that one process can have. The kernel drops it however the process ends, so that nothing stale is left;
 * the file's text says who holds it.
 */
public final class FolderLock implements AutoCloseable {
    private static final long POLL_MS = 100;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock unless somebody has it.
     *
     * @param holder who takes it, for others to read; empty to leave the file as it is
     * @return empty when another process, or this one, holds it
     */
    public static Optional<FolderLock> take(Path file, String holder) throws IOException {
        // A file of another user in a sticky folder may be opened, but not with the option to create it.
        FileChannel channel = Files.exists(file)
                ? FileChannel.open(file, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (!locked(channel)) {
            channel.close();
            return Optional.empty();
        }
        if (!holder.isEmpty()) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.of(new FolderLock(channel));
    }

    /** A way to have locks, which can be tried again. */
    public interface Taking<L> {
        /** Has them, or nothing when somebody else does. */
        Optional<L> take() throws IOException;
    }

    /**
     * Tries until it has succeeded or the time is over; at least once.
     *
     * @return empty when somebody has had a lock all the time
     */
    public static <L> Optional<L> within(Duration patience, Taking<L> taking) throws IOException, InterruptedException {
        long limitNs = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<L> taken = taking.take();
            if (taken.isPresent() || System.nanoTime() - limitNs >= 0) {
                return taken;
            }
            // The kernel tells nobody when a file is unlocked, unless a thread waits for it without a limit.
            Thread.sleep(POLL_MS);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    /** What the holder wrote; empty when it wrote nothing. */
    public static String holder(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
