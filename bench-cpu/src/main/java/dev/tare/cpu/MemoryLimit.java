package dev.tare.cpu;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The most memory that systems may take.
 *
 * @param owner who has so much, for a message: {@code this machine has}
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
     * The machine's memory, or its container's, for a launcher that is about to fork: the heap of the fork may be set
     * anywhere, but never beyond it.
     */
    static MemoryLimit ofThisMachine() {
        return new MemoryLimit(
                "this machine has",
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                false);
    }
}
