package dev.tare.mem.machine;

import java.util.Locale;

/**
 * The most memory that arrays may take.
 *
 * @param owner who has so much, for a message: {@code this JVM has at most}
 * @param bytes how much
 * @param advice what to do when it is too little
 */
public record MemoryLimit(String owner, long bytes, String advice) {
    /** What the JVM and JMH take for themselves, and the nursery, which no array of ours goes through. */
    private static final long JVM_BYTES = 32L << 20;

    private static final String SMALLER = "use smaller arrays or fewer threads";
    private static final String LARGER_HEAP = SMALLER + ", or a larger heap: -jvmArgsPrepend -Xmx<size>";

    /** The heap of this JVM, for a benchmark that is about to allocate. */
    public static MemoryLimit ofThisJvm() {
        return new MemoryLimit("this JVM has at most", Runtime.getRuntime().maxMemory(), LARGER_HEAP);
    }

    /**
     * What the JVM that is to measure can have, for a launcher that is about to fork it.
     *
     * @param heapBytes the largest heap of that JVM
     * @param machineBytes what the machine can give to a process now
     */
    public static MemoryLimit ofFork(long heapBytes, long machineBytes) {
        return heapBytes <= machineBytes
                ? new MemoryLimit("its JVM has at most", heapBytes, LARGER_HEAP)
                : new MemoryLimit("this machine can give", machineBytes, SMALLER);
    }

    /**
     * Checks before anything is allocated that there is room.
     *
     * @param what the arrays, for the message
     * @param arrayBytes all of them together
     * @throws IllegalArgumentException when they exceed the limit
     */
    public void require(String what, long arrayBytes) {
        long needBytes = Math.addExact(arrayBytes, JVM_BYTES);
        if (needBytes > bytes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s need %,d MiB of heap, %s %,d MiB; %s",
                    what,
                    needBytes >> 20,
                    owner,
                    bytes >> 20,
                    advice));
        }
    }
}
