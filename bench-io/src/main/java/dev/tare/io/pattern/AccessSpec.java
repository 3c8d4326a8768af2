package dev.tare.io.pattern;

import dev.tare.harness.Parameters;

/**
 * An access specification after Iometer's: how large, how mixed, how random.
 *
 * @param blockSizes of the I/Os
 * @param alignBytes random positions are multiples of this, itself a multiple of {@link BlockContent#PAGE_BYTES}
 * @param readPercent share of reads, 0 to 100; the others write
 * @param discards whether the others discard instead of writing
 * @param randomPercent share of random positions, 0 to 100; the others are sequential
 * @param popularity which random positions come how often
 * @param seed of every choice
 */
public record AccessSpec(
        BlockSizes blockSizes,
        int alignBytes,
        int readPercent,
        boolean discards,
        int randomPercent,
        Popularity popularity,
        long seed) {
    /** Checks the ranges. */
    public AccessSpec {
        requirePages("align", alignBytes);
        Parameters.requireRange("readPercent", readPercent, 0, 100);
        Parameters.requireRange("randomPercent", randomPercent, 0, 100);
    }

    /** I/Os of one size, at random positions that all come equally often. */
    public AccessSpec(int blockBytes, int alignBytes, int readPercent, int randomPercent, long seed) {
        this(BlockSizes.of(blockBytes), alignBytes, readPercent, false, randomPercent, Popularity.UNIFORM, seed);
    }

    /** Size of buffers, and of the steps in which a working set is divided: the longest I/O. */
    public int mostBytes() {
        return blockSizes.mostBytes();
    }

    /** The same with choices and contents of its own, for another target: copies of one could be stored as one. */
    public AccessSpec ofTarget(int target) {
        return new AccessSpec(blockSizes, alignBytes, readPercent, discards, randomPercent, popularity, seed + target);
    }

    /** The same with discards in place of the writes. */
    public AccessSpec withDiscards() {
        return new AccessSpec(blockSizes, alignBytes, readPercent, true, randomPercent, popularity, seed);
    }

    /** The same positions of which each comes once before any comes again, all to be written. */
    public AccessSpec asRandomWrites() {
        return new AccessSpec(blockSizes, alignBytes, 0, false, 100, Popularity.UNIFORM, seed);
    }

    /** Whether any I/O changes what is there. */
    public boolean writes() {
        return readPercent < 100;
    }

    /** Whether there are reads and writes. */
    public boolean isMixed() {
        return readPercent > 0 && writes();
    }

    static void requirePages(String name, int bytes) {
        if (bytes <= 0 || bytes % BlockContent.PAGE_BYTES != 0) {
            throw new IllegalArgumentException(
                    name + ": expected a positive multiple of " + BlockContent.PAGE_BYTES + ", got " + bytes);
        }
    }
}
