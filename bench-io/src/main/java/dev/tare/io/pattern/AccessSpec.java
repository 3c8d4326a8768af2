package dev.tare.io.pattern;

import dev.tare.harness.Parameters;

/**
 * An access specification after Iometer's: how large, how mixed, how random.
 *
 * @param blockBytes size of every I/O, a multiple of {@link BlockContent#PAGE_BYTES}
 * @param alignBytes random positions are multiples of this, itself a multiple of {@link BlockContent#PAGE_BYTES}
 * @param readPercent share of reads, 0 to 100; the others write
 * @param randomPercent share of random positions, 0 to 100; the others are sequential
 * @param seed of every choice
 */
public record AccessSpec(int blockBytes, int alignBytes, int readPercent, int randomPercent, long seed) {
    /** Checks the ranges. */
    public AccessSpec {
        requirePages("blockBytes", blockBytes);
        requirePages("align", alignBytes);
        Parameters.requireRange("readPercent", readPercent, 0, 100);
        Parameters.requireRange("randomPercent", randomPercent, 0, 100);
    }

    /** Whether any I/O writes. */
    public boolean writes() {
        return readPercent < 100;
    }

    private static void requirePages(String name, int bytes) {
        if (bytes <= 0 || bytes % BlockContent.PAGE_BYTES != 0) {
            throw new IllegalArgumentException(
                    name + ": expected a positive multiple of " + BlockContent.PAGE_BYTES + ", got " + bytes);
        }
    }
}
