package dev.tare.cpu.lu;

import dev.tare.machine.memory.Caches;

/**
 * How much is worked on at once, so that each operand is found again in the cache that it is read from: the columns of B that
 * a tile multiplies in the first-level cache, packed strips and the panel's rows of a chunk of columns in the second.
 *
 * @param panelWidth columns that are decomposed before those to their right are updated: a multiple of a strip's rows
 * @param chunkColumns the most columns that a worker updates at once, for which all strips are read once: a multiple of a
 *     tile's columns, and not fewer than a panel has
 * @param stripBytes packed strips that are used for one tile's columns after the other
 */
record CacheBlocks(int panelWidth, int chunkColumns, int stripBytes) {
    /** What is taken where a hypervisor hides the caches; the second level's is the kernel's to know. */
    private static final long SMALL_FIRST_LEVEL_BYTES = 32L << 10;

    /** Beyond these, larger blocks gain nothing, and a hypervisor that tells more may have invented it. */
    private static final long LARGE_FIRST_LEVEL_BYTES = 128L << 10;

    private static final long LARGE_SECOND_LEVEL_BYTES = 2L << 20;

    /** Some hypervisors tell caches of a few KiB, or of none. */
    private static final long LEAST_FIRST_LEVEL_BYTES = 16L << 10;

    private static final long LEAST_SECOND_LEVEL_BYTES = 128L << 10;

    /** Wide panels spare memory traffic; from here on they gain less than their slower kernels cost. */
    private static final int MOST_PANEL_COLUMNS = 144;

    /** Blocks for a matrix, a kernel and the caches of a core. */
    static CacheBlocks of(int order, TileKernel kernel, Caches caches) {
        long first = between(
                LEAST_FIRST_LEVEL_BYTES,
                caches.perCoreBytes(1).orElse(SMALL_FIRST_LEVEL_BYTES),
                LARGE_FIRST_LEVEL_BYTES);
        long second = between(
                LEAST_SECOND_LEVEL_BYTES,
                caches.perCoreBytes(2).orElse(kernel.usualSecondLevelBytes()),
                LARGE_SECOND_LEVEL_BYTES);
        int panelWidth = panelWidth(order, kernel, first);
        // Half of the second level for the panel's rows of a chunk, an eighth for strips; C passes through the rest.
        int chunk = (int) (second / 2 / Double.BYTES / TileKernel.TOP_STEP) / kernel.columns() * kernel.columns();
        return new CacheBlocks(panelWidth, Math.max(chunk, panelWidth), (int) (second / 8));
    }

    private static long between(long least, long bytes, long most) {
        return Math.min(Math.max(bytes, least), most);
    }

    /** 4 sqrt(order) balances the traffic of narrow panels against the slower kernels of wide ones. */
    private static int panelWidth(int order, TileKernel kernel, long firstLevelBytes) {
        // A third for B, so that the strips that pass by do not evict it.
        long ofCache = firstLevelBytes / 3 / Double.BYTES / kernel.columns();
        int most = (int) Math.min(MOST_PANEL_COLUMNS, ofCache) / kernel.rows();
        int balance = (int) Math.ceil(4 * Math.sqrt(order) / kernel.rows());
        return Math.min(Math.max(most, 1), balance) * kernel.rows();
    }

    /** Rows below a panel of so many columns to update at once: whole strips, at least one. */
    int rowsAtOnce(int columns, int stripRows) {
        return Math.max(1, stripBytes / Double.BYTES / (columns * stripRows)) * stripRows;
    }
}
