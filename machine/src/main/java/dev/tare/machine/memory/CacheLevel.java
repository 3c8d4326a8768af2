package dev.tare.machine.memory;

/**
 * A level of data caches.
 *
 * @param level 1 for the one next to the core
 * @param bytes size of one cache of this level
 * @param instances how many of them the machine has
 */
public record CacheLevel(int level, long bytes, int instances) {
    /** Sum over all caches of this level. */
    public long totalBytes() {
        return bytes * instances;
    }

    @Override
    public String toString() {
        return "L" + level;
    }
}
