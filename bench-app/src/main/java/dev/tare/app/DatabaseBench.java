package dev.tare.app;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * What a PostgreSQL server yields to clients, each a thread with a connection of its own: one transaction per call.
 *
 * <p>A transaction is a chain of what other benchmarks measure apart: wake-ups between client and server, system calls,
 * page faults, locks, and a flush of the log at its end. A hypervisor takes its share of each, and of a chain that waits most
 * of the time it may take much or nothing. The network to the client is loopback with the embedded server, and real with
 * one elsewhere; connecting, filling and checking are not measured.
 *
 * <p>Everything is checked: TPC-B's sums after each iteration, every row of commits, every sum of queries. Response times and
 * costs are secondary results of {@link dev.tare.app.profile.AppProfiler}, which is on in every run of {@code
 * benchmarks.jar} and asked for by {@code -prof app} elsewhere.
 *
 * <p>Source: TPC Benchmark B, Standard Specification 2.0, as PostgreSQL's pgbench has it: the same statements, tables and
 * distribution of keys; it is not TPC-B, and no figure is in tpsB.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DatabaseBench {
    /** Three updates, a select and an insert: pgbench's built-in transaction. */
    @Benchmark
    public long tpcbLike(TpcbClient.TpcbLike client, TransactionRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** An update, a select and an insert, without the rows for which clients wait for each other. */
    @Benchmark
    public long simpleUpdate(TpcbClient.SimpleUpdate client, TransactionRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** A select by key. */
    @Benchmark
    public long selectOnly(TpcbClient.SelectOnly client, TransactionRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** An insert of two numbers: the smallest transaction that must become durable. */
    @Benchmark
    public long commit(CommitClient client, TransactionRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** COPY FROM of a table. */
    @Benchmark
    public long bulkCopyIn(TableClient.BulkCopyIn client, TableRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** COPY TO of a table. */
    @Benchmark
    public long bulkCopyOut(TableClient.BulkCopyOut client, TableRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** The sum of a column of a table without an index. */
    @Benchmark
    public long sequentialScan(TableClient.SequentialScan client, TableRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }

    /** The sum of a column of another table, looked up by hash. */
    @Benchmark
    public long hashJoin(TableClient.HashJoin client, TableRate rate, Control control) throws IOException {
        return rate.count(client, control);
    }
}
