package dev.tare.io.file;

import dev.tare.harness.Reasons;
import dev.tare.io.device.DeviceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that a benchmark, or its embedded target, makes for itself in a folder: its name tells that it is ours, a lock
 * tells that it is in use, and it goes when it is closed or the JVM ends. What a killed JVM left behind goes when the next
 * one begins. It has that name only when it is locked, so that no other that begins at the same time takes it for left
 * behind.
 */
public final class OwnFile implements Closeable {
    private static final Pattern NAME = Pattern.compile("tare-io-\\d+-[0-9a-f]{16}\\.bench(?<notYetHeld>\\.new)?");
    private static final String NOT_YET_HELD = ".new";
    /** Between making a file and locking it lie milliseconds. */
    private static final Duration LONGEST_NOT_HELD = Duration.ofHours(1);

    /** A process that closes a file loses its lock on it, however often it has opened it: its own are not looked at. */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path lasting;
    private final Thread hook;
    private volatile Path path;
    private @Nullable FileLock lock;

    private OwnFile(Path lasting, Path path) {
        this.lasting = lasting;
        this.path = path;
        this.hook = new Thread(this::delete, "deletes " + path);
    }

    /**
     * Makes an empty file under a new name, which no other deletes; it gets its lasting name by {@link #holdBy}.
     *
     * @throws DeviceException when the folder takes none
     */
    public static OwnFile create(Path folder) throws IOException {
        String name = String.format(
                Locale.ROOT,
                "tare-io-%d-%016x.bench",
                ProcessHandle.current().pid(),
                ThreadLocalRandom.current().nextLong());
        OwnFile file;
        try {
            Path real = folder.toRealPath();
            file = new OwnFile(real.resolve(name), Files.createFile(real.resolve(name + NOT_YET_HELD)));
        } catch (IOException e) {
            throw new DeviceException(
                    "a file in " + folder, "to make one", Reasons.of(e), "choose a folder that you can write to", e);
        }
        Runtime.getRuntime().addShutdownHook(file.hook);
        return file;
    }

    /** Where it is now. */
    public Path path() {
        return path;
    }

    /**
     * Marks the file as in use for as long as the channel is open, and gives it its lasting name.
     *
     * @param channel the last that this process opened of the file: with any that it closes, the lock is gone
     * @throws DeviceException when somebody else has locked it
     */
    public void holdBy(FileChannel channel) throws IOException {
        lock = channel.tryLock();
        if (lock == null) {
            throw new DeviceException(
                    "lock of " + path, "to get it", "another process has it", "see which (lslocks), and start again");
        }
        OF_THIS_PROCESS.add(lasting);
        Files.move(path, lasting, StandardCopyOption.ATOMIC_MOVE);
        path = lasting;
    }

    /**
     * Deletes what killed runs left in a folder: regular files with a name of ours, of the same owner as this one, that
     * nobody holds; those that never were held when they are an hour older than this one.
     *
     * @return how many
     */
    public int deleteLeftOvers() throws IOException {
        int deleted = 0;
        Path folder = path.resolveSibling("");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "tare-io-*")) {
            for (Path file : files) {
                if (!OF_THIS_PROCESS.contains(file) && isLeftOver(file) && Files.deleteIfExists(file)) {
                    deleted++;
                }
            }
        }
        return deleted;
    }

    private boolean isLeftOver(Path file) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path))
                    && (name.group("notYetHeld") == null || isOlderThanThis(file))
                    && isFree(file);
        } catch (NoSuchFileException e) {
            // Its own run has just deleted it.
            return false;
        }
    }

    /** Both times are the file system's, whose clock need not be ours. */
    private boolean isOlderThanThis(Path file) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .plus(LONGEST_NOT_HELD)
                .isBefore(Files.getLastModifiedTime(path).toInstant());
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock free = channel.tryLock()) {
            return free != null;
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println(
                    "cannot delete " + path + ": " + Reasons.of(e) + "; the next run in this folder tries again");
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        OF_THIS_PROCESS.remove(path);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has nothing left to do.
        }
    }
}
