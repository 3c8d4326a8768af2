package dev.tare.cpu.linpack;

/**
 * What a series with one kind of loops took, all repetitions together.
 *
 * @param repetitions how many were done
 * @param dgefaS seconds in dgefa
 * @param dgeslS seconds in dgesl
 * @param overheadS seconds in neither
 */
public record LinpackSeries(int repetitions, double dgefaS, double dgeslS, double overheadS) {
    /**
     * The series behind the secondary results of {@code LinpackBench}; of several threads the work is added up and the
     * time, which they share, counts once.
     *
     * @param repetitions how many were done by all threads
     * @param repetitionsPerS {@code repetitionsPerS}, of all threads together
     * @param dgefaPercent {@code dgefaPercent}, share of the time
     * @param dgeslPercent {@code dgeslPercent}, share of the time
     */
    public static LinpackSeries ofRates(
            int repetitions, double repetitionsPerS, double dgefaPercent, double dgeslPercent) {
        double totalS = repetitions / repetitionsPerS;
        double dgefaS = totalS * dgefaPercent / 100;
        double dgeslS = totalS * dgeslPercent / 100;
        return new LinpackSeries(repetitions, dgefaS, dgeslS, totalS - dgefaS - dgeslS);
    }
}
