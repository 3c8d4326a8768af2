package dev.tare.report.efficiency;

/**
 * A confidence interval.
 *
 * @param low its lower end
 * @param high its upper end, not below the lower
 */
public record Interval(double low, double high) {
    /** The nominal coverage of every interval here: of many runs, so large a share of the intervals holds the truth. */
    public static final double CONFIDENCE = 0.95;

    /** Whether a value lies inside, the ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Half the distance of the ends. */
    public double halfWidth() {
        return (high - low) / 2;
    }
}
