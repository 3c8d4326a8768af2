package dev.tare.harness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that goes with its process: {@link #close()} removes it, and where a process was killed, the next one that makes
 * such a folder does. A lock on a file in it, which the kernel drops with the process, tells whether somebody still owns it.
 *
 * <p>The parent may be a folder for all: others' files are neither removed nor waited for, and links are not followed.
 */
public final class OwnedFolder implements Closeable {
    private static final String LOCK = "owner.lock";
    /** A process that closes a file loses its lock on it, however often it has opened it: its own are not looked at. */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    /** What else a killed owner may have left behind. */
    public interface LeftOver {
        /** Ends what still runs in a folder that is removed next. */
        void end(Path folder) throws IOException;
    }

    private OwnedFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one that nobody else can enter, and removes those of the same prefix whose owners are gone.
     *
     * @param parent an existing folder
     * @param prefix how its name begins; digits follow
     */
    public static OwnedFolder create(Path parent, String prefix) throws IOException {
        return create(parent, prefix, nothing -> {});
    }

    /** The same, where more than files may have been left. */
    public static OwnedFolder create(Path parent, String prefix, LeftOver leftOver) throws IOException {
        Path real = parent.toRealPath();
        Path path = Files.createTempDirectory(real, prefix);
        OF_THIS_PROCESS.add(path);
        OwnedFolder made = new OwnedFolder(path, newLock(path));
        try {
            made.sweep(real, Pattern.compile(Pattern.quote(prefix) + "\\d+"), leftOver);
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** It has its name only when it is locked, so that no sweep finds it free. */
    private static FileChannel newLock(Path folder) throws IOException {
        Path unnamed = folder.resolve(LOCK + ".new");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("expected the new file " + unnamed + " to be nobody else's, but it is locked");
            }
            Files.move(unnamed, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private void sweep(Path parent, Pattern name, LeftOver leftOver) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path folder : folders) {
                if (name.matcher(folder.getFileName().toString()).matches()
                        && !OF_THIS_PROCESS.contains(folder)
                        && isOfThisUser(folder)) {
                    removeUnlessOwned(folder, leftOver);
                }
            }
        }
    }

    /** By its lock, without which it is being made: whoever makes folders of this name in a folder for all cannot have us delete or await things. */
    private boolean isOfThisUser(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                            .equals(Files.getOwner(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | AccessDeniedException goneOrClosed) {
            return false;
        }
    }

    private static void removeUnlessOwned(Path folder, LeftOver leftOver) throws IOException {
        // To read, too: so a FIFO that took the file's place since has the call return.
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(LOCK),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                leftOver.end(folder);
                delete(folder);
            }
        } catch (NoSuchFileException removedMeanwhile) {
            // By its owner, or by another that sweeps.
        }
    }

    /** Removes it with everything in it; it is locked until then. */
    @Override
    public void close() throws IOException {
        try (lock) {
            delete(path);
        } finally {
            OF_THIS_PROCESS.remove(path);
        }
    }

    /** The lock goes last: without it nobody would remove the rest of what a process killed here leaves. */
    private static void delete(Path folder) throws IOException {
        Path last = folder.resolve(LOCK);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(last)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // What ends in the folder deletes files of its own meanwhile.
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (visited.equals(folder)) {
                    Files.deleteIfExists(last);
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
