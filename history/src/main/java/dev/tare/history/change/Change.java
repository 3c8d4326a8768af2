package dev.tare.history.change;

/**
 * A change of a series that can be believed.
 *
 * @param index the first value after it
 * @param before geometric mean of the values before it, back to the change before or the beginning
 * @param after the same of the values after it
 * @param p of Student's t-test between both, with the effective number of values
 * @param autocorrelation lag-1 autocorrelation of what is left of the series without its changes
 * @param nightsBefore how many values lie before it, back to the change before
 * @param nightsAfter how many values lie after it, up to the next change
 */
public record Change(
        int index, double before, double after, double p, double autocorrelation, int nightsBefore, int nightsAfter) {
    /** How much more, or less, there is than before: 0.95 is 5 % less. */
    public double ratio() {
        return after / before;
    }
}
