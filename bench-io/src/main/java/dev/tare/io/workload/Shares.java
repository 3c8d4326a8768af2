package dev.tare.io.workload;

/**
 * What part of the I/Os reads, and what part goes to random positions, in per cent; the others write, or go in order.
 *
 * @param readPercent 0 to 100
 * @param randomPercent 0 to 100
 */
public record Shares(int readPercent, int randomPercent) {
    /** Whether any I/O writes. */
    public boolean write() {
        return readPercent < 100;
    }
}
