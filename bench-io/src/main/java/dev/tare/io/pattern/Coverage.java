package dev.tare.io.pattern;

import java.util.BitSet;

/**
 * Which part of a region was accessed: a bit for each page, or for every second, fourth and so on of a large region, which
 * is a fair sample, because neighbouring pages of an I/O share their fate and popular I/Os are scattered.
 */
final class Coverage {
    private static final int MOST_BITS = 1 << 24;

    private final int shift;
    private final int count;
    private final BitSet accessed;

    Coverage(long regionBytes) {
        long pages = regionBytes / BlockContent.PAGE_BYTES;
        int halvings = 0;
        while (pages >> halvings > MOST_BITS) {
            halvings++;
        }
        shift = halvings;
        count = sampledBelow(pages);
        accessed = new BitSet(count);
    }

    /** Notes an I/O; its position counts from the beginning of the region. */
    void add(long positionBytes, int bytes) {
        long firstPage = positionBytes / BlockContent.PAGE_BYTES;
        accessed.set(sampledBelow(firstPage), sampledBelow(firstPage + bytes / BlockContent.PAGE_BYTES));
    }

    /** 0 to 1. */
    double share() {
        return (double) accessed.cardinality() / count;
    }

    private int sampledBelow(long page) {
        return (int) ((page + (1L << shift) - 1) >> shift);
    }
}
