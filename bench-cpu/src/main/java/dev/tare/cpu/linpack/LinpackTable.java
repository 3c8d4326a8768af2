package dev.tare.cpu.linpack;

import dev.tare.cpu.lu.DenseSystem;
import java.util.Locale;

/** Prints results as the LINPACK program prints its own. */
public final class LinpackTable {
    private LinpackTable() {}

    /**
     * What a series with one kind of loops took, all repetitions together.
     *
     * @param repetitions how many were done
     * @param dgefaS seconds in dgefa
     * @param dgeslS seconds in dgesl
     * @param overheadS seconds in neither
     */
    public record Series(int repetitions, double dgefaS, double dgeslS, double overheadS) {
        /**
         * The series behind the secondary results of {@code LinpackBench}; of several threads the work is added up and the
         * time, which they share, counts once.
         *
         * @param repetitions how many were done by all threads
         * @param repetitionsPerS {@code repetitionsPerS}, of all threads together
         * @param dgefaPercent {@code dgefaPercent}, share of the time
         * @param dgeslPercent {@code dgeslPercent}, share of the time
         */
        public static Series ofRates(
                int repetitions, double repetitionsPerS, double dgefaPercent, double dgeslPercent) {
            double totalS = repetitions / repetitionsPerS;
            double dgefaS = totalS * dgefaPercent / 100;
            double dgeslS = totalS * dgeslPercent / 100;
            return new Series(repetitions, dgefaS, dgeslS, totalS - dgefaS - dgeslS);
        }
    }

    /**
     * The memory, the head and the row of one array size.
     *
     * <p>As in the program, a row holds both kinds of loops: the time is their sum and KFLOPS their average. Where one of
     * them was cut short, both numbers of repetitions are printed.
     *
     * @param arraySize even, at least 10
     */
    public static String render(int arraySize, Series rolled, Series unrolled) {
        double dgefaS = rolled.dgefaS() + unrolled.dgefaS();
        double dgeslS = rolled.dgeslS() + unrolled.dgeslS();
        double overheadS = rolled.overheadS() + unrolled.overheadS();
        double totalS = dgefaS + dgeslS + overheadS;
        double operations =
                (rolled.repetitions() + (double) unrolled.repetitions()) * DenseSystem.operations(arraySize / 2);
        String repetitions = rolled.repetitions() == unrolled.repetitions()
                ? Integer.toString(rolled.repetitions())
                : rolled.repetitions() + "+" + unrolled.repetitions();
        return String.format(
                Locale.ROOT,
                """
                Memory required:  %dK.

                LINPACK benchmark, Double precision.
                Machine precision:  15 digits.
                Array size %d X %d.
                Average rolled and unrolled performance:

                    Reps Time(s) DGEFA   DGESL  OVERHEAD    KFLOPS
                ----------------------------------------------------
                %8s %6.2f %6.2f%% %6.2f%% %6.2f%%  %9.3f
                """,
                memoryKibibytes(arraySize),
                arraySize,
                arraySize,
                repetitions,
                totalS,
                100 * dgefaS / totalS,
                100 * dgeslS / totalS,
                100 * overheadS / totalS,
                operations / (1000 * (dgefaS + dgeslS)));
    }

    /** The program allocates the whole square, a vector of doubles and one of integers. */
    private static long memoryKibibytes(long arraySize) {
        return (arraySize * arraySize * Double.BYTES + arraySize * (Double.BYTES + Integer.BYTES) + 512) >> 10;
    }
}
