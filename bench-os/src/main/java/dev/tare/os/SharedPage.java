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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same page, which a thread on another core reads all the time. */
@State(Scope.Thread)
public class SharedPage extends ProtectedPage {
    private volatile boolean ends;
    private volatile long reads;
    private @Nullable Thread reader;
    private final CompletableFuture<Boolean> reading = new CompletableFuture<>();
    private final CompletableFuture<Byte> lastRead = new CompletableFuture<>();
    private long readsBefore;

    /** Starts the reader, and returns when it reads. */
    @Override
    void share(ByteBuffer bytes, int processor) throws IOException, InterruptedException {
        Thread started = new Thread(() -> read(bytes, processor), "page reader");
        started.setDaemon(true);
        started.start();
        reader = started;
        try {
            reading.get();
        } catch (ExecutionException e) {
            throw new IOException("page reader: " + Reasons.of(e), e);
        }
    }

    // The one writer of the count is this thread.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void read(ByteBuffer bytes, int processor) {
        try (BoundThread bound = BoundThread.here(processor)) {
            byte last = 0;
            reading.complete(true);
            while (!ends) {
                last = bytes.get(0);
                reads++;
            }
            bound.check();
            lastRead.complete(last);
        } catch (IOException | RuntimeException | Error e) {
            reading.completeExceptionally(e);
            lastRead.completeExceptionally(e);
        }
    }

    /** Begins to count what the reader reads. */
    @Setup(Level.Iteration)
    public void countReads() {
        readsBefore = reads;
    }

    /** Fails when nobody read meanwhile. */
    @TearDown(Level.Iteration)
    public void checkReads() {
        if (!(reads > readsBefore)) {
            throw new IllegalStateException("page reader: expected reads while the page was protected, got none");
        }
    }

    /** Ends the reader; fails when that had failed. */
    @Override
    void endSharing() throws IOException {
        ends = true;
        if (reader != null) {
            Joins.uninterruptibly(List.of(reader));
            if (lastRead.isCompletedExceptionally()) {
                throw new IOException("page reader: expected it to read to the end, got "
                        + lastRead.handle((read, failure) -> failure).join());
            }
        }
    }
}
