package dev.tare.runs;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    static final String JOURNAL = "journal.jsonl";
    static final String RESULTS = "results.json";
    static final String ENVIRONMENT = "environment.json";
    private static final String LOG = "log.txt";
    private static final String LOCK = "lock";

    /** A run of all benchmarks keeps a few MB; with less room than this it would soon stop. */
    private static final long NEEDED_BYTES = 32L << 20;

    /**
     * Makes the folder of a new run and makes sure that it takes files.
     *
     * @throws UnusableException when it cannot be made or written, when it holds files already, or when the disk is nearly full
     */
    public static RunFolder create(Path path) throws UnusableException {
        try {
            Files.createDirectories(path);
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new UnusableException(
                            "--out: expected a new or empty folder, got " + path
                                    + " with files in it; name another one, or go on with that run by --resume " + path,
                            null);
                }
            }
            RunFolder folder = new RunFolder(path);
            folder.checkRoom();
            return folder;
        } catch (UnusableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableException(
                    "--out: cannot make the folder " + path + ": " + e + "; name a folder that you can write to", e);
        }
    }

    /**
     * The folder of a run that exists.
     *
     * @throws UnusableException when it is none, or when the disk is nearly full
     */
    public static RunFolder open(Path path) throws UnusableException {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.journal())) {
            throw new UnusableException(
                    "expected the folder of a run, got " + path
                            + " without a journal.jsonl in it; name the folder that run printed",
                    null);
        }
        try {
            folder.checkRoom();
        } catch (UnusableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableException("cannot read how much room is left for " + path + ": " + e, e);
        }
        return folder;
    }

    /**
     * Locks the folder for this process.
     *
     * @throws UnusableException when another run measures into it, with who that is
     */
    public FolderLock lock() throws UnusableException {
        Path file = path.resolve(LOCK);
        try {
            return FolderLock.take(file, holder())
                    .orElseThrow(() -> new UnusableException(
                            "another run measures into " + path + ": " + holderOf(file)
                                    + "; wait for it or stop it, or name another folder",
                            null));
        } catch (UnusableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableException("cannot lock " + path + ": " + e + "; check its permissions", e);
        }
    }

    private static String holder() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "an unnamed host";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host + ", started " + Instant.now();
    }

    private static String holderOf(Path file) {
        try {
            return FolderLock.holder(file);
        } catch (IOException e) {
            return "an unknown process (" + e + ")";
        }
    }

    private void checkRoom() throws IOException {
        FileStore store = Files.getFileStore(path);
        long freeBytes = store.getUsableSpace();
        if (freeBytes < NEEDED_BYTES) {
            throw new UnusableException(
                    "expected at least " + (NEEDED_BYTES >> 20)
                            + " MiB free for results, got " + (freeBytes >> 20) + " MiB on " + store + " for " + path
                            + "; make room, or name another folder for a new run",
                    null);
        }
    }

    /** Whether a file is one of those that make up the run. */
    public boolean keeps(Path file) {
        return Stream.of(JOURNAL, RESULTS, ENVIRONMENT, LOG, LOCK).anyMatch(name -> isSame(file, path.resolve(name)));
    }

    /** Whether a path is the folder of a run: one with a journal, or with results alone. */
    public static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve(JOURNAL)) || Files.isRegularFile(path.resolve(RESULTS));
    }

    /** Whether a path is one that {@code run} wrote, or its results.json: more than a JSON file of JMH, in a folder or not. */
    public static boolean isOfTare(Path path) {
        Path folder = path.endsWith(RESULTS) ? path.resolveSibling("") : path;
        return Stream.of(JOURNAL, ENVIRONMENT, LOCK).anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** Whether two paths lead to one file, which need not exist. */
    public static boolean isSame(Path one, Path other) {
        try {
            return one.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize())
                    || Files.isSameFile(one, other);
        } catch (IOException oneIsAbsent) {
            return false;
        }
    }

    /** Where its journal is. */
    public Path journal() {
        return path.resolve(JOURNAL);
    }

    /** Writes JMH's results of all forks, complete or not at all. */
    public void writeResults(String json) throws IOException {
        DurableFile.write(path.resolve(RESULTS), json);
    }

    /** Writes what the machine is, complete or not at all. */
    public void writeEnvironment(String json) throws IOException {
        DurableFile.write(path.resolve(ENVIRONMENT), json);
    }

    /** Opens the log for appending; a log that can no longer be written stops nothing. */
    public PrintStream openLog() throws IOException {
        return new PrintStream(
                Files.newOutputStream(path.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8);
    }

    /** A folder that a run cannot be kept in; the message says why, and what to do. */
    public static final class UnusableException extends IOException {
        UnusableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
