package dev.tare.mem.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Cache lines, each of which refers to the next one to load, in one random cycle through all of them.
 *
 * <p>The lines are objects and the references plain addresses: a load needs nothing but what the load before it brought,
 * where an index into an array would cost the processor a cycle more.
 */
public final class RandomCycle {
    /** Bytes from one line to the next. */
    public static final int LINE_BYTES = 64;

    private static final Object LAYOUT = new Object();

    /** A cache line that refers to the next one to load; alone on its line, since objects are aligned to lines. */
    private static final class Line {
        private Line next = this;
    }

    private final int lines;
    private final Line first;
    private Line here;
    private long loads;

    /**
     * Allocates the lines side by side and lays the cycle through them.
     *
     * @param bytes a positive multiple of {@link #LINE_BYTES}, at most 64 GiB
     * @throws IllegalStateException when the heap is full, or this JVM lays objects or references out in another way
     */
    public RandomCycle(long bytes, long seed) {
        requireOption("ObjectAlignmentInBytes", Integer.toString(LINE_BYTES));
        requireOption("UseCompressedOops", "false");
        lines = Math.toIntExact(bytes / LINE_BYTES);
        Line[] all = HeapArrays.allocate(String.format(Locale.ROOT, "lines of %,d bytes", bytes), this::sideBySide);
        // Sattolo's algorithm: exchanges only with earlier lines leave a single cycle.
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = lines - 1; i > 0; i--) {
            Line other = all[random.nextInt(i)];
            Line kept = all[i].next;
            all[i].next = other.next;
            other.next = kept;
        }
        first = all[0];
        here = first;
    }

    /** Heap that a cycle of so many bytes takes while it is laid out. */
    public static long heapBytes(long bytes) {
        return bytes + bytes / LINE_BYTES * Long.BYTES;
    }

    /** One thread at a time, and compacted while nothing is linked: otherwise lines would lie in the cycle's order. */
    private Line[] sideBySide() {
        synchronized (LAYOUT) {
            Line[] all = new Line[lines];
            for (int i = 0; i < lines; i++) {
                all[i] = new Line();
            }
            System.gc();
            return all;
        }
    }

    /**
     * Goes on along the cycle, each load waiting for the one before.
     *
     * @return the line reached
     */
    public Object follow(int count) {
        Line line = here;
        for (int i = 0; i < count; i++) {
            line = line.next;
        }
        here = line;
        loads += count;
        return line;
    }

    /**
     * Walks the whole cycle once more: it must come home after all lines and not before, and pass the line that the
     * loads so far should have reached.
     *
     * @throws IllegalStateException when it does not
     */
    public void check() {
        long expectedSteps = loads % lines;
        Line line = first;
        Line expected = first;
        for (int step = 1; step <= lines; step++) {
            line = line.next;
            if (step == expectedSteps) {
                expected = line;
            }
            if (line == first && step != lines) {
                throw new IllegalStateException("expected a cycle of " + lines + " lines, got one of " + step
                        + "; do not use this run, and check the machine's memory");
            }
        }
        if (line != first || here != expected) {
            throw new IllegalStateException("expected to be where " + loads + " loads lead in a cycle of " + lines
                    + " lines, got another line; do not use this run, and check the machine's memory");
        }
    }

    /**
     * Checks an option of this JVM.
     *
     * @throws IllegalStateException when it has another value
     */
    static void requireOption(String option, String expected) {
        String value = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(option)
                .getValue();
        if (!value.equals(expected)) {
            throw new IllegalStateException("JVM option " + option + ": expected " + expected + ", got " + value
                    + "; run in a fork with the benchmark's own options, and add to them only with -jvmArgsAppend");
        }
    }
}
