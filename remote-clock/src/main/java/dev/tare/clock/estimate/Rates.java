package dev.tare.clock.estimate;

/** Rates of clocks against each other. */
final class Rates {
    /** No clock that runs at all is taken to be more than four times slower than another. */
    static final double SLOWEST = 0.25;

    /** No clock is taken to be more than four times faster than another. */
    static final double FASTEST = 4;

    static final double PPM = 1e-6;

    private Rates() {}
}
