package dev.tare.io.pattern;

import dev.tare.io.device.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * What the blocks of a region contain, and whether a block read is the block last written.
 *
 * <p>Every page of {@value #PAGE_BYTES} bytes describes itself. Its first four words (64 bits, little-endian) are a
 * mark made from the seed, the page's position, its generation (how often it was written, modulo 256) and a key; word
 * {@code i} of the others is {@code noise[i] ^ key}, with the same noise in all pages. The keys of neighbouring pages
 * differ, so that neither compression nor deduplication below finds anything to save. A page of another run, of another
 * position, of an earlier write or half of a write is told apart by its stamp. No page shows the marks of two bytes by
 * which partition tables and file systems are known: a device with our content is one that we may overwrite again.
 *
 * <p>For one thread; the generations cost a byte per page.
 */
public final class BlockContent {
    /** Size of a page in bytes. */
    public static final int PAGE_BYTES = 4096;

    // Blocks below this size get new keys with every write: storage that compresses looks at no more than about this
    // much at a time. Larger ones keep the keys, which differ from page to page, and get new stamps only.
    private static final int REKEY_BELOW_BYTES = 128 << 10;
    private static final int PAGE_WORDS = PAGE_BYTES / Long.BYTES;
    private static final int STAMP_WORDS = 4;

    // Where a device's first page has the marks of Sun's and of the PC's partition table, bytes 508 to 511, and of ext
    // file systems, bytes 1080 and 1081. Longer marks do not come about by chance.
    private static final int TABLES_WORD = 508 / Long.BYTES;
    private static final int EXT_WORD = 1080 / Long.BYTES;
    private static final short SUN_MARK = (short) 0xbeda;
    private static final short PC_MARK = (short) 0xaa55;
    private static final short EXT_MARK = (short) 0xef53;

    private final long seed;
    private final long mark;
    private final Region region;
    private final byte[] generations;
    private final long[] noise = new long[PAGE_WORDS];
    private final BitSet discarded = new BitSet();
    private long samples;

    /** Content of a region in which nothing has been written yet: all generations are 0. */
    public BlockContent(long seed, Region region) {
        long pages = region.sizeBytes() / PAGE_BYTES;
        if (pages > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("sizeBytes: expected at most " + (Integer.MAX_VALUE - 8L) * PAGE_BYTES
                    + " for each thread, got " + region.sizeBytes());
        }
        this.seed = seed;
        this.mark = SplitMix64.mix(seed);
        this.region = region;
        this.generations = new byte[(int) pages];
        for (int i = 0; i < PAGE_WORDS; i++) {
            noise[i] = SplitMix64.mix(mark + i);
        }
    }

    /**
     * Notes that pages were discarded: until they are written again, they may contain zeros or what they contained.
     *
     * @return whether all of them were already
     */
    public boolean discard(long positionBytes, int bytes) {
        int first = page(positionBytes);
        int end = first + bytes / PAGE_BYTES;
        boolean already = discarded.nextClearBit(first) >= end;
        discarded.set(first, end);
        return already;
    }

    /** Whether any page is discarded. */
    public boolean hasDiscarded() {
        return !discarded.isEmpty();
    }

    /** Fills a little-endian buffer with the whole content of its position at its present generation. */
    public void fill(ByteBuffer block, long positionBytes) {
        requireLittleEndian(block);
        for (int at = 0; at < block.capacity(); at += PAGE_BYTES) {
            long position = positionBytes + at;
            byte generation = generations[page(position)];
            discarded.clear(page(position));
            rekey(block, at, key(position, generation));
            stamp(block, at, position, generation);
        }
    }

    /**
     * Makes the beginning of a buffer the next generation of its position. The buffer must hold pages of this content, of any
     * positions: filled, written or read before.
     *
     * @param bytes how much of it, whole pages
     */
    public void renew(ByteBuffer block, long positionBytes, int bytes) {
        boolean rekeyed = bytes < REKEY_BELOW_BYTES;
        for (int at = 0; at < bytes; at += PAGE_BYTES) {
            long position = positionBytes + at;
            byte generation = ++generations[page(position)];
            discarded.clear(page(position));
            if (rekeyed) {
                rekey(block, at, key(position, generation));
            }
            stamp(block, at, position, generation);
        }
    }

    /**
     * The check of the measured path: the stamp of one page and one word of its noise, another page and word each time.
     *
     * @param bytes how much of the buffer was read, whole pages
     * @throws DeviceException when they are not what was last written there
     */
    public void sample(ByteBuffer block, long positionBytes, int bytes) throws DeviceException {
        long draw = samples++;
        int at = (int) (draw % (bytes / PAGE_BYTES)) * PAGE_BYTES;
        checkStamp(block, at, positionBytes + at);
        int word = STAMP_WORDS + (int) (SplitMix64.mix(draw) >>> 33) % (PAGE_WORDS - STAMP_WORDS);
        checkWord(block, at, word, positionBytes + at);
    }

    /**
     * Checks every byte of a block; where it was discarded, it may also be zero.
     *
     * @throws DeviceException when one is not what was last written there
     */
    public void verify(ByteBuffer block, long positionBytes) throws DeviceException {
        for (int at = 0; at < block.capacity(); at += PAGE_BYTES) {
            if (discarded.get(page(positionBytes + at)) && isZero(block, at)) {
                continue;
            }
            checkStamp(block, at, positionBytes + at);
            for (int word = STAMP_WORDS; word < PAGE_WORDS; word++) {
                checkWord(block, at, word, positionBytes + at);
            }
        }
    }

    private static boolean isZero(ByteBuffer block, int at) {
        for (int word = 0; word < PAGE_WORDS; word++) {
            if (block.getLong(at + word * Long.BYTES) != 0) {
                return false;
            }
        }
        return true;
    }

    private static void requireLittleEndian(ByteBuffer block) {
        if (block.order() != ByteOrder.LITTLE_ENDIAN || block.capacity() % PAGE_BYTES != 0) {
            throw new IllegalArgumentException("block: expected a little-endian buffer of whole pages, got "
                    + block.order() + ", " + block.capacity() + " bytes");
        }
    }

    private void rekey(ByteBuffer block, int at, long key) {
        block.putLong(at + 3 * Long.BYTES, key);
        for (int word = STAMP_WORDS; word < PAGE_WORDS; word++) {
            block.putLong(at + word * Long.BYTES, noise[word] ^ key);
        }
    }

    private void stamp(ByteBuffer block, int at, long positionBytes, byte generation) {
        block.putLong(at, mark);
        block.putLong(at + Long.BYTES, positionBytes);
        block.putLong(at + 2 * Long.BYTES, Byte.toUnsignedLong(generation));
    }

    private void checkStamp(ByteBuffer block, int at, long positionBytes) throws DeviceException {
        long position = block.getLong(at + Long.BYTES);
        long generation = block.getLong(at + 2 * Long.BYTES);
        int expected = Byte.toUnsignedInt(generations[page(positionBytes)]);
        if (block.getLong(at) != mark || position != positionBytes || generation != expected) {
            throw wrong(
                    positionBytes,
                    "write " + expected + " of this position with seed " + seed,
                    block.getLong(at) == mark
                            ? "write " + generation + " of position " + position
                            : String.format("a page that is not ours, 0x%016x...", block.getLong(at)));
        }
    }

    private void checkWord(ByteBuffer block, int at, int word, long positionBytes) throws DeviceException {
        long expected = noise[word] ^ block.getLong(at + 3 * Long.BYTES);
        long got = block.getLong(at + word * Long.BYTES);
        if (got != expected) {
            throw wrong(
                    positionBytes,
                    String.format("0x%016x in its byte %d", expected, word * Long.BYTES),
                    String.format("0x%016x", got));
        }
    }

    private static DeviceException wrong(long positionBytes, String expected, String got) {
        return new DeviceException(
                "content of the page at " + positionBytes,
                expected,
                got,
                "the device returned wrong, stale or torn data, or something else wrote to it: trust no figure of this"
                        + " run");
    }

    private long key(long positionBytes, byte generation) {
        long key = SplitMix64.mix(mark ^ positionBytes + generation);
        while (showsForeignMark(key)) {
            key = SplitMix64.mix(key);
        }
        return key;
    }

    private boolean showsForeignMark(long key) {
        long tables = noise[TABLES_WORD] ^ key;
        long ext = noise[EXT_WORD] ^ key;
        return (short) (tables >>> 32) == SUN_MARK || (short) (tables >>> 48) == PC_MARK || (short) ext == EXT_MARK;
    }

    private int page(long positionBytes) {
        return (int) ((positionBytes - region.startBytes()) / PAGE_BYTES);
    }
}
