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
        this.passKey = Mix.mix(spec.seed() ^ region.startBytes());
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
        long bits = Mix.mix(spec.seed() ^ Mix.mix(region.startBytes() + stream) ^ draws);
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
            passKey = Mix.mix(passKey);
        }
        return place * spec.alignBytes();
    }
}
