package dev.tare.harness.arrival;

import dev.tare.harness.Parameters;
import java.util.Optional;

/**
 * How many requests arrive, and how: the parameters {@code ratePerS} and {@code arrivals} of every benchmark that has them.
 *
 * @param perS requests per second of all threads together
 * @param spacing how they follow each other
 */
public record ArrivalRate(double perS, Spacing spacing) {
    /** What {@code ratePerS} is unless a rate is given: a request begins when the one before is done. */
    public static final String CLOSED = "closed";

    /** How {@code arrivals} is spelled unless it is given. */
    public static final String CONSTANT = "constant";

    private static final double LEAST_PER_S = 0.1;
    private static final double MOST_PER_S = 10_000_000;

    /** How arrivals follow each other. */
    public enum Spacing {
        /** At equal distances, those of several threads in turn. */
        CONSTANT,
        /** Independently of each other, as those of many users: distances are exponential. */
        POISSON
    }

    /**
     * The parameters' meaning; empty for a closed loop.
     *
     * @throws IllegalArgumentException when they have none
     */
    public static Optional<ArrivalRate> of(String ratePerS, String arrivals) {
        Spacing spacing =
                Parameters.oneOf("arrivals", arrivals, CONSTANT, "poisson").equals(CONSTANT)
                        ? Spacing.CONSTANT
                        : Spacing.POISSON;
        return ratePerS.equals(CLOSED) ? Optional.empty() : Optional.of(new ArrivalRate(perS(ratePerS), spacing));
    }

    private static double perS(String ratePerS) {
        double perS = ratePerS.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(ratePerS) : Double.NaN;
        if (!(perS >= LEAST_PER_S && perS <= MOST_PER_S)) {
            throw Parameters.refusal(
                    "ratePerS",
                    CLOSED + " or a number from 0.1 to 10000000 of requests per second",
                    ratePerS,
                    "1000",
                    null);
        }
        return perS;
    }
}
