package dev.tare.app.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What a device takes to make a page of a log durable, by the way that the server has on Linux (fdatasync of a page that was
 * overwritten), as pg_test_fsync measures it: no client can commit faster.
 */
public final class FlushTime {
    private static final int PAGE_BYTES = 8192;
    private static final int MOST_FLUSHES = 200;
    private static final long LIMIT_NS = 500_000_000;

    private FlushTime() {}

    /** The median of a short series on a file in a folder, which is deleted again, in nanoseconds. */
    public static long medianNs(Path folder) throws IOException {
        Path file = folder.resolve("tare-flush");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
            // The first one makes the file longer, which is more than a flush.
            flush(channel, page);
            long[] ns = new long[MOST_FLUSHES];
            int flushes = 0;
            long beginNs = System.nanoTime();
            long nowNs = beginNs;
            while (flushes < MOST_FLUSHES && (flushes == 0 || nowNs - beginNs < LIMIT_NS)) {
                long beforeNs = nowNs;
                flush(channel, page);
                nowNs = System.nanoTime();
                ns[flushes++] = nowNs - beforeNs;
            }
            Arrays.sort(ns, 0, flushes);
            return ns[flushes / 2];
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void flush(FileChannel channel, ByteBuffer page) throws IOException {
        page.clear().putLong(0, System.nanoTime());
        channel.write(page, 0);
        channel.force(false);
    }
}
