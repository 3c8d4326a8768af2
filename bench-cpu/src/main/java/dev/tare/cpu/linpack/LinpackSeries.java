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
     * The series behind the secondary results of {@code LinpackBench}, of one thread.
     *
     * @param repetitions how many were done
     * @param repetitionsPerS {@code repetitionsPerS}
     * @param dgefaPercent {@code dgefaPercent}
     * @param dgeslPercent {@code dgeslPercent}
     */
    public static LinpackSeries ofRates(
            int repetitions, double repetitionsPerS, double dgefaPercent, double dgeslPercent) {
        double totalS = repetitions / repetitionsPerS;
        double dgefaS = totalS * dgefaPercent / 100;
        double dgeslS = totalS * dgeslPercent / 100;
        return new LinpackSeries(repetitions, dgefaS, dgeslS, totalS - dgefaS - dgeslS);
    }
}
