package dev.tare.io.workload;

import dev.tare.harness.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rounds before measuring, and when a device is in its steady state: in five rounds the range of the rates is at most 20 %
 * of their average, and their least-squares line rises or falls by at most 10 % of it from the first to the last.
 *
 * <p>Source: SNIA Solid State Storage Performance Test Specification 2.0.1, "Steady State".
 *
 * @param roundS length of a round in seconds
 */
public record SteadyState(double roundS) {
    /** Rounds after which the search is given up. */
    public static final int MOST_ROUNDS = 25;

    private static final int WINDOW = 5;
    private static final double MOST_RANGE = 0.2;
    private static final double MOST_RISE = 0.1;
    private static final Pattern ROUNDS = Pattern.compile("snia(?::(\\d{1,4}(?:\\.\\d{1,3})?))?");

    /**
     * {@code off}, {@code snia} for rounds of a second, or {@code snia:SECONDS}; empty when off.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static Optional<SteadyState> of(String steadyState) {
        Matcher rounds = ROUNDS.matcher(steadyState);
        if (steadyState.equals("off")) {
            return Optional.empty();
        }
        double roundS = !rounds.matches() ? 0 : rounds.group(1) == null ? 1 : Double.parseDouble(rounds.group(1));
        if (roundS == 0) {
            throw Parameters.refusal(
                    "steadyState",
                    "off, snia, or snia:SECONDS with rounds of 0.001 to 9999 s",
                    steadyState,
                    "snia:60",
                    null);
        }
        return Optional.of(new SteadyState(roundS));
    }

    /**
     * Checks that JMH waits for all rounds: they belong to the first iteration, which it gives up after a while.
     *
     * @param limitS JMH's option {@code -to}
     * @throws IllegalArgumentException when it does not
     */
    public void requireWithin(long limitS) {
        long needS = (long) Math.ceil(roundS * MOST_ROUNDS);
        if (needS >= limitS) {
            throw new IllegalArgumentException("steadyState: expected JMH to wait longer than the " + needS + " s of "
                    + MOST_ROUNDS + " rounds, got -to " + limitS + " s; give -to " + (needS + limitS) + "s");
        }
    }

    /** Whether the last five rates are those of a steady state. */
    static boolean isReached(List<Double> rates) {
        if (rates.size() < WINDOW) {
            return false;
        }
        List<Double> last = rates.subList(rates.size() - WINDOW, rates.size());
        double average =
                last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double most = last.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double least = last.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int round = 0; round < WINDOW; round++) {
            double x = round - (WINDOW - 1) / 2.0;
            products += x * last.get(round);
            squares += x * x;
        }
        double rise = Math.abs(products / squares) * (WINDOW - 1);
        return most - least <= MOST_RANGE * average && rise <= MOST_RISE * average;
    }
}
