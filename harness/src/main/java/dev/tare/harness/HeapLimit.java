package dev.tare.harness;

import java.util.Locale;

/**
 * The most memory that a benchmark's arrays may take.
 *
 * @param owner who has so much, for a message: {@code this JVM has at most}
 * @param bytes how much
 * @param canGrow whether {@code -Xmx} raises it
 */
public record HeapLimit(String owner, long bytes, boolean canGrow) {
    /** What the JVM and JMH take for themselves. */
    private static final long JVM_BYTES = 32L << 20;

    /** The heap of this JVM, for a benchmark that is about to allocate. */
    public static HeapLimit ofThisJvm() {
        return new HeapLimit("this JVM has at most", Runtime.getRuntime().maxMemory(), true);
    }

    /**
     * What the JVM that is to measure can have, for a launcher that is about to fork it.
     *
     * @param heapBytes the largest heap of that JVM
     * @param obtainableBytes what the machine can give to a process now
     */
    public static HeapLimit ofFork(long heapBytes, long obtainableBytes) {
        return heapBytes <= obtainableBytes
                ? new HeapLimit("its JVM has at most", heapBytes, true)
                : new HeapLimit("this machine can give", obtainableBytes, false);
    }

    /**
     * Checks before anything is allocated that there is room.
     *
     * @param what the arrays, for the message: {@code order: 8000}
     * @param arrayBytes all of them together
     * @param smaller what makes them smaller, for the message: {@code fewer threads or a smaller order}
     * @throws IllegalArgumentException when they exceed the limit
     */
    public void require(String what, long arrayBytes, String smaller) {
        long needBytes = Math.addExact(arrayBytes, JVM_BYTES);
        if (needBytes > bytes) {
            long needMebibytes = (needBytes >> 20) + 1;
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: %d MiB of heap are needed, %s %d MiB; %schoose %s",
                    what,
                    needMebibytes,
                    owner,
                    bytes >> 20,
                    canGrow
                            ? "pass -jvmArgsAppend -Xmx" + needMebibytes + "m where the machine has that much, or "
                            : "",
                    smaller));
        }
    }
}
