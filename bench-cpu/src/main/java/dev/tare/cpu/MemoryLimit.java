package dev.tare.cpu;

/**
 * The most memory that systems may take.
 *
 * @param owner who has so much, for a message: {@code this machine can give}
 * @param bytes how much
 * @param canGrow whether {@code -Xmx} raises it
 */
record MemoryLimit(String owner, long bytes, boolean canGrow) {
    /** Option of the forks: the JVM's default of a quarter would refuse systems that fit the machine. */
    static final String MOST_OF_THE_MACHINE = "-XX:MaxRAMPercentage=80";

    /** The heap of this JVM, for a benchmark that is about to allocate. */
    static MemoryLimit ofThisJvm() {
        return new MemoryLimit("this JVM may take at most", Runtime.getRuntime().maxMemory(), true);
    }

    /**
     * What the JVM that is to measure can have, for a launcher that is about to fork it.
     *
     * @param heapBytes the largest heap of that JVM
     * @param machineBytes what the machine can give to a process now
     */
    static MemoryLimit ofFork(long heapBytes, long machineBytes) {
        return heapBytes <= machineBytes
                ? new MemoryLimit("its JVM may take at most", heapBytes, true)
                : new MemoryLimit("this machine can give", machineBytes, false);
    }
}
