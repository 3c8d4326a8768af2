package dev.tare.machine.memory;

import java.util.OptionalLong;

/**
 * A level of data caches, of those that this process can reach.
 *
 * @param level 1 for the one next to the core
 * @param bytes size of one cache of this level, the smallest where they differ
 * @param instances how many of them there are
 * @param perCoreBytes what a core can count on while all cores work: the size of its cache divided by the cores that share
 *     that, the smallest where they differ; empty when the sharing is unknown
 */
public record CacheLevel(int level, long bytes, int instances, OptionalLong perCoreBytes) {
    /** Sum over all caches of this level. */
    public long totalBytes() {
        return bytes * instances;
    }

    @Override
    public String toString() {
        return "L" + level;
    }
}
