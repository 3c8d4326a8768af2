package dev.tare.app;

import dev.tare.harness.MeasuredCalls;
import java.io.IOException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** Transactions, per second of measured time: of the calls that the score counts. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class TransactionRate {
    /** Transactions that were committed, or queries that were answered. */
    public long transactionsPerS;

    /** Makes one, and counts it if it is measured. */
    long count(DatabaseClient client, Control control) throws IOException {
        boolean measured = MeasuredCalls.begins(control, transactionsPerS == 0);
        long result = client.step(measured);
        if (measured) {
            transactionsPerS++;
        }
        return result;
    }
}
