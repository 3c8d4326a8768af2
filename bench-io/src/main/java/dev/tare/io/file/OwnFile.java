package dev.tare.io.file;

import dev.tare.harness.Reasons;
import dev.tare.io.device.DeviceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that a benchmark, or its embedded target, makes for itself in a folder: its name tells that it is ours, a lock
 * tells that it is in use, and it goes when it is closed or the JVM ends. What a killed JVM left behind goes when the next
 * one begins.
 */
public final class OwnFile implements Closeable {
    private static final Pattern NAME = Pattern.compile("tare-io-\\d+-[0-9a-f]{16}\\.bench");

    private final Path path;
    private final Thread hook;
    private @Nullable FileLock lock;

    private OwnFile(Path path) {
        this.path = path;
        this.hook = new Thread(this::delete, "deletes " + path);
    }

    /**
     * Makes an empty file under a new name.
     *
     * @throws DeviceException when the folder takes none
     */
    public static OwnFile create(Path folder) throws IOException {
        String name = String.format(
                Locale.ROOT,
                "tare-io-%d-%016x.bench",
                ProcessHandle.current().pid(),
                ThreadLocalRandom.current().nextLong());
        OwnFile file = new OwnFile(folder.resolve(name));
        try {
            Files.createFile(file.path);
        } catch (IOException e) {
            throw new DeviceException(
                    "a file in " + folder, "to make one", Reasons.of(e), "choose a folder that you can write to", e);
        }
        Runtime.getRuntime().addShutdownHook(file.hook);
        return file;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Marks the file as in use for as long as the channel is open. Another run that swept the folder between creation
     * and lock may have deleted it.
     *
     * @throws DeviceException when one has
     */
    public void holdBy(FileChannel channel) throws IOException {
        lock = channel.tryLock();
        if (lock == null || !Files.exists(path)) {
            throw new DeviceException(
                    "lock of " + path, "to get it", "another run that cleans up the folder", "start again");
        }
    }

    /**
     * Deletes what killed runs left in a folder: regular files with a name of ours, of the same owner as a file that we
     * just made, that nobody holds.
     *
     * @return how many
     */
    public int deleteLeftOvers() throws IOException {
        UserPrincipal owner = Files.getOwner(path);
        int deleted = 0;
        Path folder = path.resolveSibling("");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "tare-io-*")) {
            for (Path file : files) {
                if (!file.equals(path) && isLeftOver(file, owner) && Files.deleteIfExists(file)) {
                    deleted++;
                }
            }
        }
        return deleted;
    }

    private static boolean isLeftOver(Path file, UserPrincipal owner) throws IOException {
        if (!NAME.matcher(String.valueOf(file.getFileName())).matches()
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner) && isFree(file);
        } catch (NoSuchFileException e) {
            // Its own run has just deleted it.
            return false;
        }
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            // Held by another benchmark of this JVM.
            return false;
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
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has nothing left to do.
        }
    }
}
