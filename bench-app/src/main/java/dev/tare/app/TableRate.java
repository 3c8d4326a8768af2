package dev.tare.app;

import dev.tare.harness.MeasuredCalls;
import java.io.IOException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** What was moved or read of tables, per second of measured time: by the calls that the score counts. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class TableRate {
    /** Megabytes of 10^6 bytes: of text for copies, of the tables' pages for queries. */
    public double bandwidthMBps;

    /** Makes one call, and counts it if it is measured. */
    long count(TableClient client, Control control) throws IOException {
        boolean measured = MeasuredCalls.begins(control, bandwidthMBps == 0);
        long result = client.step(measured);
        if (measured) {
            bandwidthMBps += client.bytes() * 1e-6;
        }
        return result;
    }
}
