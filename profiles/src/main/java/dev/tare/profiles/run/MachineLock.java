package dev.tare.profiles.run;

import dev.tare.harness.OwnedFolder;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.runs.FolderLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;

/** JMH's lock on this machine, {@code jmh.lock} in the temporary folder, taken once for all forks of a run. */
public final class MachineLock implements AutoCloseable {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String NAME = "jmh.lock";

    private final Optional<FolderLock> lock;
    private final OwnedFolder own;

    private MachineLock(Optional<FolderLock> lock) throws IOException {
        this.lock = lock;
        this.own = OwnedFolder.create(Path.of(System.getProperty(TEMPORARY)), "tare-run-");
        lockForksIn(own.path());
    }

    /** For a run that is wanted beside others: nothing is locked. */
    public static MachineLock shared() {
        try {
            return new MachineLock(Optional.empty());
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot make a temporary folder: " + Reasons.of(e) + "; make room or name another by"
                            + " -Djava.io.tmpdir",
                    e);
        }
    }

    /**
     * Takes the lock.
     *
     * @param wait how long to wait for another JMH
     * @throws CommandException when another JMH has it until then
     */
    public static MachineLock take(Duration wait, PrintStream out) {
        Path file = Path.of(System.getProperty(TEMPORARY), NAME);
        try {
            Optional<FolderLock> lock = FolderLock.take(file, "");
            if (lock.isEmpty() && !wait.isZero()) {
                out.println("waiting for another JMH, which holds " + file);
                lock = FolderLock.within(wait, () -> FolderLock.take(file, ""));
            }
            if (lock.isEmpty()) {
                throw CommandException.unavailable("another JMH runs here: it holds " + file
                        + ". Wait for it with --wait 10m, or measure beside it with --share-machine");
            }
            return new MachineLock(lock);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot take JMH's lock " + file + ": " + Reasons.of(e) + "; check its permissions", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.unavailable("interrupted while waiting for " + file, e);
        }
    }

    /**
     * JMH takes a lock for each fork, in the launcher's JVM and in the temporary folder that its runner reads once, when its
     * class is initialized. For forks of this run that is a folder of the run's own: the machine's lock is ours already, and
     * JMH could not have it a second time. (Not {@code jmh.ignoreLock}, of which JMH warns in the log at every fork.)
     */
    private static void lockForksIn(Path folder) {
        String usual = System.getProperty(TEMPORARY, "");
        System.setProperty(TEMPORARY, folder.toString());
        try {
            Class.forName(Runner.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JMH's runner is in this program", e);
        } finally {
            System.setProperty(TEMPORARY, usual);
        }
    }

    @Override
    public void close() {
        try {
            own.close();
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            throw CommandException.unavailable("cannot release JMH's lock: " + e, e);
        }
    }
}
