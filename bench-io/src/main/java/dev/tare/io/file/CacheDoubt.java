package dev.tare.io.file;

import dev.tare.io.origin.Memory;
import dev.tare.io.origin.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Reasons to believe that a cache was measured instead of a device. */
final class CacheDoubt {
    private CacheDoubt() {}

    /**
     * The reasons; none when there is no sign of a cache, which does not prove that there is none.
     *
     * @param bytesPerS fastest transfer that was seen
     */
    static List<String> of(FileTarget target, double bytesPerS) {
        return of(target.origin(), target.isDirect(), target.workingSetBytes(), Memory.totalBytes(), bytesPerS);
    }

    static List<String> of(
            Origin origin, boolean direct, long workingSetBytes, OptionalLong memoryBytes, double bytesPerS) {
        List<String> reasons = new ArrayList<>();
        if (origin.inMemory()) {
            reasons.add(origin.fileSystem() + " keeps its files in memory");
        }
        List<String> caches = new ArrayList<>(origin.hiddenCaches());
        if (!direct) {
            caches.add("the page cache");
        }
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
        if (origin.linkBytesPerS().isPresent()
                && bytesPerS > origin.linkBytesPerS().getAsLong()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%.0f MB/s is more than the link of the device carries, %d MB/s",
                    bytesPerS / 1e6,
                    origin.linkBytesPerS().getAsLong() / 1_000_000));
        }
        return reasons;
    }
}
