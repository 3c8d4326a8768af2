package dev.tare.io.pattern;

/**
 * The sequence of I/Os of one thread: the same on every machine for the same specification, region and seed.
 *
 * <p>Sequential positions run through the region I/O by I/O and start again at its beginning. Random positions that are
 * equally popular visit every aligned position of the region exactly once before any comes again, each pass in a new order,
 * so that the whole working set is covered evenly; others are drawn, and popular ones are scattered over the region. A mixed
 * pattern draws for each I/O its size, whether it reads and whether it is random; both walks keep their own place.
 */
public final class AccessPattern {
    private final AccessSpec spec;
    private final Region region;
    private final long places;
    private final Permutation order;
    private final Popularity.Ranks ranks;
    private final Coverage coverage;
    private final long scatterKey;
    private long draws;
    private long sequentialBytes;
    private long random;
    private long passKey;
    private long passes;
    private long positionBytes;
    private int bytes;
    private boolean read;

    /**
     * Creates the sequence; {@link #advance()} moves to its first I/O.
     *
     * @throws IllegalArgumentException when the region holds no block
     */
    public AccessPattern(AccessSpec spec, Region region) {
        if (region.sizeBytes() < spec.mostBytes()) {
            throw new IllegalArgumentException("sizeBytes: expected at least one block of " + spec.mostBytes()
                    + " bytes for each thread, got " + region.sizeBytes());
        }
        this.spec = spec;
        this.region = region;
        this.places = (region.sizeBytes() - spec.mostBytes()) / spec.alignBytes() + 1;
        this.order = new Permutation(places);
        this.coverage = new Coverage(region.sizeBytes());
        this.passKey = SplitMix64.mix(spec.seed() ^ region.startBytes());
        this.scatterKey = passKey;
        this.ranks = spec.popularity().ranks(places, SplitMix64.mix(passKey));
    }

    /** Moves to the next I/O. */
    public void advance() {
        read = isDrawn(spec.readPercent(), 1);
        bytes = spec.blockSizes().shares().size() == 1
                ? spec.mostBytes()
                : spec.blockSizes().at(draw(3));
        long at = isDrawn(spec.randomPercent(), 2) ? nextRandom() : nextSequential();
        coverage.add(at, bytes);
        positionBytes = region.startBytes() + at;
        draws++;
    }

    /** Position of the current I/O. */
    public long positionBytes() {
        return positionBytes;
    }

    /** Size of the current I/O. */
    public int bytes() {
        return bytes;
    }

    /** Whether the current I/O reads. */
    public boolean isRead() {
        return read;
    }

    /** Times that the random walk has covered the region. */
    public long passes() {
        return passes;
    }

    /** The part of the region that I/Os so far have touched, 0 to 1. */
    public double coveredShare() {
        return coverage.share();
    }

    private boolean isDrawn(int percent, int stream) {
        return percent == 100 || (percent > 0 && draw(stream) < percent);
    }

    /** Of the present I/O, 0 to 99; another for each stream. */
    private int draw(int stream) {
        long bits = SplitMix64.mix(spec.seed() ^ SplitMix64.mix(region.startBytes() + stream) ^ draws);
        return (int) Long.remainderUnsigned(bits, 100);
    }

    private long nextSequential() {
        long at = sequentialBytes + bytes > region.sizeBytes() ? 0 : sequentialBytes;
        sequentialBytes = at + bytes;
        return at;
    }

    private long nextRandom() {
        if (spec.popularity() != Popularity.UNIFORM) {
            return order.at(ranks.next(), scatterKey) * spec.alignBytes();
        }
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
