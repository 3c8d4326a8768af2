package dev.tare.campaign.agent;

import dev.tare.runs.FolderLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host belongs to one campaign at a time: its agents share JMH's own lock, in which the campaign's name stands, so that
 * neither another campaign nor a run nor any other JMH measures beside them. The kernel drops it however an agent ends.
 */
final class HostLock implements AutoCloseable {
    private static final String JMH = "jmh.lock";
    private static final String GUARD = "tare-campaign.lock";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(50);

    private final FileChannel channel;

    private HostLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes this host for a campaign. An agent that has just lost its channel may still hold it: it has some seconds to go.
     *
     * @param folder of JMH's lock, the temporary one
     * @throws IOException when another campaign or JMH has it, with which one
     */
    @SuppressWarnings("try") // The guard is held, not used.
    static HostLock take(Path folder, String campaign) throws IOException {
        long limitNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<FolderLock> guard = FolderLock.take(folder.resolve(GUARD), "");
            if (guard.isPresent()) {
                try (FolderLock held = guard.get()) {
                    Optional<HostLock> lock = shared(folder.resolve(JMH), campaign);
                    if (lock.isPresent()) {
                        return lock.get();
                    }
                }
            }
            if (System.nanoTime() - limitNs >= 0) {
                throw new IOException("another campaign or JMH measures on this host: it holds " + folder.resolve(JMH)
                        + " (" + Files.readString(folder.resolve(JMH)).strip() + "); wait for it or stop it");
            }
            pause();
        }
    }

    private static Optional<HostLock> shared(Path file, String campaign) throws IOException {
        Optional<FolderLock> alone = FolderLock.take(file, campaign);
        if (alone.isPresent()) {
            alone.get().close();
        } else if (!Files.readString(file).strip().equals(campaign)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new HostLock(channel));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for this host's lock", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
