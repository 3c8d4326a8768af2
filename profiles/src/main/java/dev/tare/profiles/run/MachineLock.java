package dev.tare.profiles.run;

import dev.tare.profiles.cli.CommandException;
import dev.tare.runs.FolderLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** JMH's lock on this machine, {@code jmh.lock} in the temporary folder, taken once for all forks of a run. */
public final class MachineLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Optional<FolderLock> lock;

    private MachineLock(Optional<FolderLock> lock) {
        this.lock = lock;
    }

    /** For a run that is wanted beside others: nothing is locked. */
    public static MachineLock shared() {
        ignoreInForks();
        return new MachineLock(Optional.empty());
    }

    /**
     * Takes the lock.
     *
     * @param wait how long to wait for another JMH
     * @throws CommandException when another JMH has it until then
     */
    public static MachineLock take(Duration wait, PrintStream out) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
        long limitNs = System.nanoTime() + wait.toNanos();
        boolean told = false;
        try {
            while (true) {
                Optional<FolderLock> lock = FolderLock.take(file, "");
                if (lock.isPresent()) {
                    ignoreInForks();
                    return new MachineLock(lock);
                }
                if (System.nanoTime() - limitNs >= 0) {
                    throw CommandException.unavailable("another JMH runs here: it holds " + file
                            + ". Wait for it with --wait 10m, or measure beside it with --share-machine");
                }
                if (!told) {
                    out.println("waiting for another JMH, which holds " + file);
                    told = true;
                }
                Thread.sleep(POLL.toMillis());
            }
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot take JMH's lock " + file + ": " + e + "; check its permissions", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.unavailable("interrupted while waiting for " + file, e);
        }
    }

    /** JMH reads this once, before its first run: the lock is ours already, and it could not have it a second time. */
    private static void ignoreInForks() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Override
    public void close() {
        lock.ifPresent(held -> {
            try {
                held.close();
            } catch (IOException e) {
                throw CommandException.unavailable("cannot release JMH's lock: " + e, e);
            }
        });
    }
}
