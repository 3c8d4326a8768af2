package dev.tare.net;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How this end waits for a response; the peer always blocks. */
@State(Scope.Benchmark)
public class Waiting {
    private static final String BLOCK = "block";

    /** {@code block}: the kernel wakes the thread, as programs usually wait. {@code spin}: the thread polls. */
    @Param({BLOCK})
    public String waiting;

    boolean blocks() {
        return blocks(waiting);
    }

    static boolean blocks(String waiting) {
        if (!waiting.equals(BLOCK) && !waiting.equals("spin")) {
            throw new IllegalArgumentException("waiting must be block or spin, got " + waiting);
        }
        return waiting.equals(BLOCK);
    }
}
