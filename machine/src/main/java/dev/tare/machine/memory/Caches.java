package dev.tare.machine.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The data caches of a machine, from the core outwards; without levels when they are unknown. */
public record Caches(List<CacheLevel> levels) {
    public Caches {
        levels = levels.stream()
                .sorted(Comparator.comparingInt(CacheLevel::level))
                .toList();
    }

    /** The level next to memory, or empty when unknown. */
    public Optional<CacheLevel> last() {
        return levels.isEmpty() ? Optional.empty() : Optional.of(levels.get(levels.size() - 1));
    }

    /** Name of the smallest level that holds so many bytes: {@code L1} ... , {@code memory}, or {@code unknown}. */
    public String levelOf(long bytes) {
        if (levels.isEmpty()) {
            return "unknown";
        }
        return levels.stream()
                .filter(level -> bytes <= level.bytes())
                .findFirst()
                .map(CacheLevel::toString)
                .orElse("memory");
    }
}
