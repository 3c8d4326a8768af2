package dev.tare.io.pattern;

/**
 * The sequence of I/Os of one thread: the same on every machine for the same specification, region and seed.
 *
 * <p>Sequential positions run through the region block by block and start again at its beginning. Random positions visit
 * every aligned position of the region exactly once before any comes again, each pass in a new order, so that the whole
 * working set is covered evenly. A mixed pattern draws for each I/O whether it reads and whether it is random; both
 * walks keep their own place.
 */
public final class AccessPattern {
    private final AccessSpec spec;
    private final Region region;
    private final long blocks;
    private final long places;
    private final Permutation order;
    private long draws;
    private long sequential;
    private long random;
    private long passKey;
    private long passes;
    private long positionBytes;
    private boolean read;

    /**
     * Creates the sequence; {@link #advance()} moves to its first I/O.
     *
     * @throws IllegalArgumentException when the region holds no block
     */
    public AccessPattern(AccessSpec spec, Region region) {
        if (region.sizeBytes() < spec.blockBytes()) {
            throw new IllegalArgumentException("sizeBytes: expected at least one block of " + spec.blockBytes()
                    + " bytes for each thread, got " + region.sizeBytes());
        }
        this.spec = spec;
        this.region = region;
        this.blocks = region.sizeBytes() / spec.blockBytes();
        this.places = (region.sizeBytes() - spec.blockBytes()) / spec.alignBytes() + 1;
        this.order = new Permutation(places);
        this.passKey = SplitMix64.mix(spec.seed() ^ region.startBytes());
    }

    /** Moves to the next I/O. */
    public void advance() {
        read = draw(spec.readPercent(), 1);
        positionBytes = region.startBytes() + (draw(spec.randomPercent(), 2) ? nextRandom() : nextSequential());
        draws++;
    }

    /** Position of the current I/O. */
    public long positionBytes() {
        return positionBytes;
    }

    /** Whether the current I/O reads. */
    public boolean isRead() {
        return read;
    }

    /** Times that the random walk has covered the region. */
    public long passes() {
        return passes;
    }

    private boolean draw(int percent, int stream) {
        if (percent == 0 || percent == 100) {
            return percent == 100;
        }
        long bits = SplitMix64.mix(spec.seed() ^ SplitMix64.mix(region.startBytes() + stream) ^ draws);
        return Long.remainderUnsigned(bits, 100) < percent;
    }

    private long nextSequential() {
        long block = sequential;
        sequential = block + 1 == blocks ? 0 : block + 1;
        return block * spec.blockBytes();
    }

    private long nextRandom() {
        long place = order.at(random, passKey);
        if (++random == places) {
            random = 0;
            passes++;
            passKey = SplitMix64.mix(passKey);
        }
        return place * spec.alignBytes();
    }

    /**
     * A random order of {@code 0 .. count-1} that needs no memory: a Feistel network of four rounds over the next larger
     * power of four, walked until the result is in range. Each number comes exactly once.
     *
     * <p>Source: Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002 (cycle walking).
     */
    private static final class Permutation {
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
                long next = left ^ (SplitMix64.mix(right + key + round * SplitMix64.STEP) & halfMask);
                left = right;
                right = next;
            }
            return left << halfBits | right;
        }
    }
}
