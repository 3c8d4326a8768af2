package dev.tare.io.pattern;

/**
 * A random order of {@code 0 .. count-1} that needs no memory: a Feistel network of four rounds over the next larger
 * power of four, walked until the result is in range. Each number comes exactly once.
 *
 * <p>Source: Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002 (cycle walking).
 */
final class Permutation {
    private static final int ROUNDS = 4;

    private final long count;
    private final int halfBits;
    private final long halfMask;

    Permutation(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("count: expected at least 1, got " + count);
        }
        this.count = count;
        this.halfBits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(count - 1) + 1) / 2);
        this.halfMask = (1L << halfBits) - 1;
    }

    /** Where the number {@code index} of the order goes; {@code key} chooses the order. */
    long at(long index, long key) {
        long value = index;
        do {
            value = encipher(value, key);
        } while (value >= count);
        return value;
    }

    private long encipher(long value, long key) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (Mix.mix(right + key + round * Mix.STEP) & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
