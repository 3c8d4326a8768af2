package dev.tare.runs;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A temporary folder that goes with its process: {@link #close()} removes it, and where a process was killed, the next one that
 * makes such a folder does. Its lock, which the kernel drops with the process, tells whether somebody still owns it.
 */
public final class OwnedFolder implements Closeable {
    private static final String LOCK = "owner.lock";
    /** Between a folder and its lock lies a moment. */
    private static final Duration NEW = Duration.ofMinutes(1);

    private final Path path;
    private final FolderLock lock;

    private OwnedFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one, and removes those of the same prefix whose owners are gone.
     *
     * @param parent an existing folder
     * @param prefix how its name begins; no other folder's there may
     */
    public static OwnedFolder create(Path parent, String prefix) throws IOException {
        sweep(parent, prefix);
        Path path = Files.createTempDirectory(parent, prefix);
        Optional<FolderLock> lock = FolderLock.take(path.resolve(LOCK), "");
        if (lock.isEmpty()) {
            throw new IOException(
                    "expected the new folder " + path + " to be nobody else's, but somebody holds its lock");
        }
        return new OwnedFolder(path, lock.get());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        delete(path);
    }

    private static void sweep(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                // Of another user, or gone meanwhile: it is none of ours to remove.
                if (Files.isDirectory(folder) && Files.isWritable(folder)) {
                    sweep(folder);
                }
            }
        }
    }

    @SuppressWarnings("try") // The lock is held, not used.
    private static void sweep(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)
                || Files.getLastModifiedTime(file)
                        .toInstant()
                        .isAfter(Instant.now().minus(NEW))) {
            return;
        }
        Optional<FolderLock> lock = FolderLock.take(file, "");
        if (lock.isPresent()) {
            try (FolderLock abandoned = lock.get()) {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw new IOException("cannot list " + folder + ", which is to be removed", e);
        }
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
    }
}
