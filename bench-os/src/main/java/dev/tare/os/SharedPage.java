package dev.tare.os;

import dev.tare.harness.BoundThread;
import dev.tare.harness.Joins;
import dev.tare.harness.Reasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same page, which a thread on another core reads all the time, as long as an iteration lasts. */
@State(Scope.Thread)
public class SharedPage extends ProtectedPage {
    private volatile boolean ends;
    private @Nullable Thread reader;
    private CompletableFuture<Long> reads = new CompletableFuture<>();

    /** Returns when the reader reads. */
    @Override
    void share(ByteBuffer bytes, int processor) throws IOException, InterruptedException {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Long> ended = new CompletableFuture<>();
        reads = ended;
        ends = false;
        Thread started = new Thread(() -> read(bytes, processor, begun, ended), "page reader");
        started.setDaemon(true);
        started.start();
        reader = started;
        result(begun);
    }

    private void read(
            ByteBuffer bytes, int processor, CompletableFuture<Boolean> begun, CompletableFuture<Long> ended) {
        try (BoundThread bound = BoundThread.here(processor)) {
            begun.complete(true);
            long count = 0;
            byte last = bytes.get(0);
            while (!ends) {
                byte next = bytes.get(0);
                count += next == last ? 0 : 1;
                last = next;
            }
            bound.check();
            ended.complete(count);
        } catch (IOException | RuntimeException | Error e) {
            begun.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    /** Fails when the reader had failed, or never saw what was written meanwhile. */
    @Override
    void endSharing() throws IOException, InterruptedException {
        ends = true;
        if (reader != null) {
            Joins.uninterruptibly(List.of(reader));
        }
        long changes = result(reads);
        if (!(changes > 0)) {
            throw new IllegalStateException("page reader: expected it to see the page change, got no change");
        }
    }

    private static <T> T result(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("page reader: " + Reasons.of(e), e);
        }
    }
}
