package dev.tare.io.pattern;

/** The mixer of SplitMix64: equal inputs give equal outputs on every machine, and near inputs have unrelated outputs. */
final class SplitMix64 {
    /** 2^64 divided by the golden ratio, odd: steps of it visit all 64-bit numbers. */
    static final long STEP = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    /** The finalizer of MurmurHash3 with the constants of Stafford's variant 13, as in SplitMix64. */
    static long mix(long value) {
        long z = value + STEP;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
