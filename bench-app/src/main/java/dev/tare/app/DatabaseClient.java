package dev.tare.app;

import dev.tare.harness.Facts;
import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.harness.arrival.Arrivals;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A client: a thread with a connection, which makes one transaction after the other, or each when it is due. */
@State(Scope.Thread)
public abstract class DatabaseClient {
    /** Transactions per second of all clients together, or {@code closed}: each begins when the one before is done. */
    @Param(ArrivalRate.CLOSED)
    public String ratePerS = ArrivalRate.CLOSED;

    /** How transactions of a given rate follow each other: {@code constant} or {@code poisson}. */
    @Param(ArrivalRate.CONSTANT)
    public String arrivals = ArrivalRate.CONSTANT;

    /** Of the keys and of the distances of arrivals; printed as a fact. */
    @Param("1")
    public long seed = 1;

    private @Nullable OpenClient client;

    /** Joins the database; for the set-up of each kind of client. */
    final void open(DatabaseLink link, ThreadParams threads, Transaction.Preparation preparation) throws IOException {
        Facts.print(threads, "seed", seed);
        client = OpenClient.open(
                link,
                preparation,
                ArrivalRate.of(ratePerS, arrivals)
                        .map(rate -> new Arrivals(rate, threads.getThreadIndex(), threads.getThreadCount(), seed))
                        .orElse(null));
    }

    /** Begins to count anew. */
    @Setup(Level.Iteration)
    public void begin() {
        client().begin();
    }

    /** Makes one transaction. */
    final long step(boolean measured) throws IOException {
        return client().step(measured);
    }

    /** Hands over what was counted; with the last client's, the data is looked at. */
    @TearDown(Level.Iteration)
    public void end() throws IOException {
        client().end();
    }

    /** Leaves the database. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        client().close();
    }

    private OpenClient client() {
        if (client == null) {
            throw new IllegalStateException("client: expected it in the database, got none");
        }
        return client;
    }
}
