package dev.tare.profiles.run;

import dev.tare.profiles.cli.CommandException;
import dev.tare.runs.FolderLock;
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

/**
 * The folder of a run.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    /** A run of all benchmarks keeps a few MB; with less room than this it would soon stop. */
    private static final long NEEDED_BYTES = 32L << 20;

    /**
     * Makes the folder of a new run and makes sure that it takes files.
     *
     * @throws CommandException when it cannot be made or written, when it holds files already, or when the disk is nearly full
     */
    public static RunFolder create(Path path) {
        try {
            Files.createDirectories(path);
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw CommandException.unavailable("--out: expected a new or empty folder, got " + path
                            + " with files in it; name another one, or go on with that run by --resume " + path);
                }
            }
            RunFolder folder = new RunFolder(path);
            folder.checkRoom();
            return folder;
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "--out: cannot make the folder " + path + ": " + e + "; name a folder that you can write to", e);
        }
    }

    /**
     * The folder of a run that exists.
     *
     * @throws CommandException when it is none
     */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.journal())) {
            throw CommandException.unavailable("expected the folder of a run, got " + path
                    + " without a journal.jsonl in it; name the folder that run printed");
        }
        return folder;
    }

    /**
     * Locks the folder for this process.
     *
     * @throws CommandException when another run measures into it, with who that is
     */
    public FolderLock lock() {
        Path file = path.resolve("lock");
        try {
            return FolderLock.take(file, holder())
                    .orElseThrow(() -> CommandException.unavailable("another run measures into " + path + ": "
                            + holderOf(file) + "; wait for it or stop it, or name another folder"));
        } catch (IOException e) {
            throw CommandException.unavailable("cannot lock " + path + ": " + e + "; check its permissions", e);
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
            throw CommandException.unavailable("--out: expected at least " + (NEEDED_BYTES >> 20)
                    + " MiB free for results, got " + (freeBytes >> 20) + " MiB on " + store + " for " + path
                    + "; make room or name another folder");
        }
    }

    Path journal() {
        return path.resolve("journal.jsonl");
    }

    Path results() {
        return path.resolve("results.json");
    }

    Path environment() {
        return path.resolve("environment.json");
    }

    Path log() {
        return path.resolve("log.txt");
    }

    /** Opens the log for appending; a log that can no longer be written stops nothing. */
    PrintStream openLog() throws IOException {
        return new PrintStream(
                Files.newOutputStream(log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8);
    }
}
