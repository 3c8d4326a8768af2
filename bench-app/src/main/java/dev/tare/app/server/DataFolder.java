package dev.tare.app.server;

import dev.tare.harness.Reasons;
import dev.tare.harness.ShortProgram;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder for one server's data: its name tells that it is ours, a lock on a file in it that it is in use. What nobody
 * could remove because everybody was killed goes when the next one is made beside it, with a server that still runs there.
 */
final class DataFolder implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("tare-app-[0-9a-f]{16}\\.data");
    private static final String OWNER = "tare-owner";
    /** Where the server keeps its files: initdb wants a folder of its own. */
    private static final String CLUSTER = "cluster";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Removes left-overs and makes a new folder.
     *
     * @throws IOException when the parent takes none
     */
    static DataFolder create(Path parent) throws IOException {
        Path path;
        FileChannel channel;
        try {
            path = Files.createDirectory(
                    parent.resolve(String.format(
                            Locale.ROOT,
                            "tare-app-%016x.data",
                            ThreadLocalRandom.current().nextLong())),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            channel = FileChannel.open(path.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "dataFolder: expected to make a folder in " + parent + ", got " + Reasons.of(e)
                            + "; choose one that you can write to",
                    e);
        }
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("dataFolder: expected to lock " + path + ", got another's lock; start again");
        }
        DataFolder made = new DataFolder(path, channel);
        made.removeLeftOvers(parent);
        return made;
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** Where the server's files go; not there yet. */
    Path cluster() {
        return path.resolve(CLUSTER);
    }

    private void removeLeftOvers(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "tare-app-*")) {
            for (Path folder : folders) {
                if (!folder.equals(path)
                        && NAME.matcher(folder.getFileName().toString()).matches()
                        && isLeftOver(folder)) {
                    endServer(folder);
                    delete(folder);
                    System.err.println("deleted " + folder + ", which a killed run had left");
                }
            }
        }
    }

    /** Whether its owner's lock is free. A folder without one is being made, or is no more ours to judge. */
    private boolean isLeftOver(Path folder) throws IOException {
        Path owner = folder.resolve(OWNER);
        try {
            // Not those of others: whoever makes folders of this name in a folder for all cannot have us delete things.
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(owner, LinkOption.NOFOLLOW_LINKS)
                            .equals(Files.getOwner(path.resolve(OWNER), LinkOption.NOFOLLOW_LINKS))) {
                return false;
            }
            try (FileChannel other = FileChannel.open(owner, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                    FileLock free = other.tryLock()) {
                return free != null;
            }
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** A server whose starter was killed, if the system did not end it: it runs in that folder's cluster. */
    private static void endServer(Path folder) throws IOException {
        Path cluster = folder.resolve(CLUSTER);
        Optional<ProcessHandle> server = serverOf(cluster);
        if (server.isPresent()) {
            ShortProgram.output(
                    List.of("kill", "-QUIT", Long.toString(server.get().pid())));
            server.get().onExit().join();
        }
    }

    /** The first line of postmaster.pid is the server's number; another process may have it meanwhile. */
    private static Optional<ProcessHandle> serverOf(Path cluster) {
        try {
            String pid =
                    Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip();
            Path works = Files.readSymbolicLink(Path.of("/proc", pid, "cwd"));
            return works.equals(cluster.toRealPath()) ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Deletes everything; the lock lasts until then. */
    @Override
    public void close() throws IOException {
        try (channel) {
            delete(path);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // The server's children delete files of their own while they end.
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
