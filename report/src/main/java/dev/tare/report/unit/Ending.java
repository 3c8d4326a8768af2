package dev.tare.report.unit;

import java.util.Arrays;
import java.util.Optional;

/** The endings of counter names that carry a physical unit, in the order in which they win. */
enum Ending {
    GFLOPS("Gflops", "GFLOP/s", Direction.MORE_IS_BETTER, true),
    IOS("IOps", "IO/s", Direction.MORE_IS_BETTER, true),
    MEGABYTES("MBps", "MB/s", Direction.MORE_IS_BETTER, true),
    EVENTS("PerS", "1/s", Direction.MORE_IS_BETTER, true),
    CORES("Cores", "cores", Direction.NEITHER, true),
    NANOSECONDS("Ns", "ns", Direction.LESS_IS_BETTER, false),
    MICROSECONDS("Us", "us", Direction.LESS_IS_BETTER, false),
    MILLISECONDS("Ms", "ms", Direction.LESS_IS_BETTER, false),
    SECONDS("S", "s", Direction.LESS_IS_BETTER, false),
    PERCENT("Percent", "%", Direction.NEITHER, true),
    PPM("Ppm", "ppm", Direction.NEITHER, false);

    final String suffix;
    final String unit;
    final Direction better;
    /** Whether JMH's operation counters can carry it: they are always divided by time, as a share of the time is. */
    final boolean rate;

    Ending(String suffix, String unit, Direction better, boolean rate) {
        this.suffix = suffix;
        this.unit = unit;
        this.better = better;
        this.rate = rate;
    }

    /** Whether a benchmark can be judged by it: what a maximum or a CPU share says is context. */
    boolean judges() {
        return rate && better != Direction.NEITHER;
    }

    static Optional<Ending> of(String label) {
        return Arrays.stream(values()).filter(ending -> ending.ends(label)).findFirst();
    }

    /** An ending starts a new word: {@code responseMaxUs} is a time, {@code usedDNS} and {@code status} are not. */
    private boolean ends(String label) {
        if (!label.endsWith(suffix)) {
            return false;
        }
        int start = label.length() - suffix.length();
        return start == 0
                || Character.isLowerCase(label.charAt(start - 1))
                || Character.isDigit(label.charAt(start - 1));
    }
}
