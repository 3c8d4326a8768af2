package dev.tare.io.workload;

import dev.tare.io.device.Facts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The target that the threads of a trial share: opened for the first, closed after the last. A tear-down of JMH's for all
 * of them would not do: it runs when the first thread is done, and others still verify what they wrote.
 */
@State(Scope.Benchmark)
public class SharedTarget {
    private @Nullable OpenTarget target;
    private int threads;
    private double fastestBytesPerS;

    /** How the first thread opens it. */
    @FunctionalInterface
    public interface Opening {
        OpenTarget open() throws IOException;
    }

    /** The target, for a thread that will {@link #leave}. */
    public synchronized OpenTarget join(Opening opening, AccessParameters access) throws IOException {
        if (target == null) {
            target = opening.open();
            fastestBytesPerS = 0;
            Map<String, String> facts = new LinkedHashMap<>(target.device().facts());
            facts.putAll(target.facts());
            facts.put("seed", Long.toString(access.seed));
            facts.put("working-set-bytes", Long.toString(access.workingSetBytes()));
            Facts.print(System.out, facts);
        }
        threads++;
        return target;
    }

    /** Says that a thread has done with the target, and how fast its fastest iteration was. */
    public synchronized void leave(double threadBytesPerS) throws IOException {
        threads--;
        fastestBytesPerS += threadBytesPerS;
        if (threads > 0 || target == null) {
            return;
        }
        OpenTarget ending = target;
        target = null;
        ending.close();
        Facts.print(System.out, ending.factsAtEnd(fastestBytesPerS));
    }
}
