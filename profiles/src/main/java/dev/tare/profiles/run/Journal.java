package dev.tare.profiles.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.profiles.exit.Refusal;
import dev.tare.runs.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that keeps every fork: one JSON object a line, flushed to the disk before the next fork starts, so that a
 * crash at any moment loses at most the fork in flight.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Begins the journal of a new run with its header. */
    static Journal create(Path file, ObjectNode header) throws IOException {
        Journal journal =
                new Journal(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        journal.append(header);
        DurableFile.flushName(file);
        return journal;
    }

    /**
     * Continues the journal of a run.
     *
     * @param completeBytes where its last complete line ends; what a crash left behind it is cut off
     */
    static Journal resume(Path file, long completeBytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(completeBytes);
        channel.position(completeBytes);
        return new Journal(file, channel);
    }

    /**
     * Appends a line and flushes it.
     *
     * @throws Refusal when the disk does not take it; the lines before are untouched
     */
    void append(ObjectNode entry) {
        long end = -1;
        try {
            end = channel.position();
            DurableFile.writeFully(channel, entry + "\n");
            channel.force(false);
        } catch (IOException e) {
            Refusal refusal = Refusal.unavailable(
                    "cannot write the journal " + file + ": " + e.getMessage()
                            + "; all forks before are kept. The line that was lost: " + entry
                            + "\nMake room and go on with run --resume " + file.getParent(),
                    e);
            cutOff(end, refusal);
            throw refusal;
        }
    }

    private void cutOff(long end, Refusal refusal) {
        try {
            if (end >= 0) {
                channel.truncate(end);
            }
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
