package dev.tare.io.blockstack;

import dev.tare.machine.memory.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reasons to believe that a cache was measured instead of a device.
 *
 * @param certain reasons that hold for any working set, such as a file system in memory
 * @param caches what can keep blocks in the memory of this machine
 * @param linkBytesPerS the most that the link of the device carries, where that is known
 * @param otherwise what is said when there is no reason
 */
public record CacheSuspicion(List<String> certain, List<String> caches, OptionalLong linkBytesPerS, String otherwise) {
    /** Of a file or a device; no sign of a cache does not prove that there is none. */
    public static CacheSuspicion of(BlockStack stack, boolean direct) {
        List<String> caches = new ArrayList<>(stack.hiddenCaches());
        if (!direct) {
            caches.add("the page cache");
        }
        return new CacheSuspicion(
                stack.inMemory() ? List.of(stack.fileSystem() + " keeps its files in memory") : List.of(),
                caches,
                stack.linkBytesPerS(),
                "no sign of it");
    }

    /** The memory that this system, or the control group around this JVM, has, as a fact: its page cache can hold no more. */
    public static Map<String, String> memoryFact() {
        OptionalLong memoryBytes = Machine.memory().totalBytes();
        return Map.of("memory-bytes", memoryBytes.isPresent() ? Long.toString(memoryBytes.getAsLong()) : "unknown");
    }

    /**
     * The suspicion as a fact.
     *
     * @param bytesPerS fastest transfer that was seen
     */
    public Map<String, String> fact(long workingSetBytes, double bytesPerS) {
        List<String> reasons = reasons(workingSetBytes, Machine.memory().totalBytes(), bytesPerS);
        return Map.of("may-have-been-cached", reasons.isEmpty() ? otherwise : "yes: " + String.join("; ", reasons));
    }

    List<String> reasons(long workingSetBytes, OptionalLong memoryBytes, double bytesPerS) {
        List<String> reasons = new ArrayList<>(certain);
        if (memoryBytes.isPresent() && workingSetBytes < memoryBytes.getAsLong()) {
            for (String cache : caches) {
                reasons.add(String.format(
                        Locale.ROOT,
                        "the working set of %d MB fits %s (%d MB of memory)",
                        workingSetBytes / 1_000_000,
                        cache,
                        memoryBytes.getAsLong() / 1_000_000));
            }
        } else {
            caches.forEach(cache -> reasons.add("I/O goes through " + cache));
        }
        if (linkBytesPerS.isPresent() && bytesPerS > linkBytesPerS.getAsLong()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%.0f MB/s is more than the link of the device carries, %d MB/s",
                    bytesPerS / 1e6,
                    linkBytesPerS.getAsLong() / 1_000_000));
        }
        return reasons;
    }
}
