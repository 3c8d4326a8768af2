package dev.tare.campaign.agent;

import dev.tare.runs.FolderLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
    static HostLock take(Path folder, String campaign) throws IOException {
        Path file = folder.resolve(JMH);
        try {
            Optional<HostLock> lock = FolderLock.within(PATIENCE, () -> guarded(folder.resolve(GUARD), file, campaign));
            if (lock.isPresent()) {
                return lock.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for this host's lock", e);
        }
        throw new IOException("another campaign or JMH measures on this host: it holds " + file + " ("
                + FolderLock.holder(file) + "); wait for it or stop it");
    }

    @SuppressWarnings("try") // The guard is held, not used.
    private static Optional<HostLock> guarded(Path guard, Path file, String campaign) throws IOException {
        Optional<FolderLock> taken = FolderLock.take(guard, "");
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (FolderLock held = taken.get()) {
            return shared(file, campaign);
        }
    }

    private static Optional<HostLock> shared(Path file, String campaign) throws IOException {
        Optional<FolderLock> alone = FolderLock.take(file, campaign);
        if (alone.isPresent()) {
            alone.get().close();
        } else if (!FolderLock.holder(file).equals(campaign)) {
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

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
