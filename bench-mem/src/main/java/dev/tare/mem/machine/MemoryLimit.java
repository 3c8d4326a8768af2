package dev.tare.mem.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The most memory that arrays may take.
 *
 * @param owner who has so much, for a message: {@code this JVM has at most}
 * @param bytes how much
 * @param advice what to do when it is too little
 */
public record MemoryLimit(String owner, long bytes, String advice) {
    private static final String SMALLER = "use smaller arrays or fewer threads";

    /** The heap of this JVM, for a benchmark that is about to allocate. */
    public static MemoryLimit ofThisJvm() {
        return new MemoryLimit(
                "this JVM has at most",
                Runtime.getRuntime().maxMemory(),
                SMALLER + ", or a larger heap: -jvmArgsPrepend -Xmx<size>");
    }

    /**
     * What the machine, or its container, could give now, swap space included, for a launcher that is about to fork: the
     * heap of the fork may be set anywhere, but more than this would end the fork.
     */
    public static MemoryLimit ofThisMachine() {
        long allBytes =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new MemoryLimit(
                "this machine can give",
                Math.min(allBytes, Machine.memory().obtainableBytes().orElse(allBytes)),
                SMALLER);
    }

    /**
     * Checks before anything is allocated that there is room.
     *
     * @param what the arrays, for the message
     * @param needBytes all of them together
     * @throws IllegalArgumentException when they exceed the limit
     */
    public void require(String what, long needBytes) {
        if (needBytes >= bytes) {
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
