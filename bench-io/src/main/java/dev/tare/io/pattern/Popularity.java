package dev.tare.io.pattern;

import dev.tare.harness.Parameters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which random positions come how often, with the names and parameters of fio's {@code random_distribution}.
 *
 * <p>Positions have ranks, 0 the most popular; a permutation scatters them over the working set. Nothing here needs a
 * table, and all of it is computed by {@link StrictMath}, so that a seed gives the same positions on every machine.
 */
public sealed interface Popularity {
    /** All equally often: each position once before any comes again. */
    Popularity UNIFORM = new Uniform();

    /**
     * The meaning of the parameter {@code access}: {@code uniform}, {@code zipf:THETA}, {@code pareto:H} or {@code hot:A/B}.
     *
     * @throws IllegalArgumentException when it has none
     */
    static Popularity of(String access) {
        Matcher words = Pattern.compile("(zipf|pareto):(\\d{1,3}(?:\\.\\d{1,9})?)|hot:(\\d{1,2})/(\\d{1,2})")
                .matcher(access);
        if (access.equals("uniform")) {
            return UNIFORM;
        }
        if (!words.matches()) {
            throw refusal(access);
        }
        Popularity found;
        if (words.group(1) == null) {
            found = new Hot(Integer.parseInt(words.group(3)), Integer.parseInt(words.group(4)));
        } else if (words.group(1).equals("zipf")) {
            found = new Zipf(Double.parseDouble(words.group(2)));
        } else {
            found = new Pareto(Double.parseDouble(words.group(2)));
        }
        if (!found.isInRange()) {
            throw refusal(access);
        }
        return found;
    }

    private static IllegalArgumentException refusal(String access) {
        return Parameters.refusal(
                "access",
                "uniform, zipf:THETA with 0 < THETA <= 10, pareto:H with 0 < H < 1, or hot:A/B with 1 to 99 I/Os in a"
                        + " hundred on 1 to 99 blocks in a hundred",
                access,
                "zipf:1.2",
                null);
    }

    /** Whether its parameters have a meaning. */
    boolean isInRange();

    /** What gives ranks of {@code 0 .. count-1}, from a seed. */
    Ranks ranks(long count, long seed);

    /** Ranks of one I/O after the other. */
    @FunctionalInterface
    interface Ranks {
        long next();
    }

    /** Evenly distributed numbers from a seed: SplitMix64. */
    final class Draws {
        private static final double UNIT = 0x1p-53;

        private long state;

        Draws(long seed) {
            state = seed;
        }

        /** At least 0 and less than 1. */
        double unit() {
            state += SplitMix64.STEP;
            return (SplitMix64.mix(state) >>> 11) * UNIT;
        }

        /** One of {@code 0 .. count-1}. */
        long below(long count) {
            return Math.min(count - 1, (long) (unit() * count));
        }
    }

    /** No rank is more popular than others. */
    record Uniform() implements Popularity {
        @Override
        public boolean isInRange() {
            return true;
        }

        @Override
        public Ranks ranks(long count, long seed) {
            Draws draws = new Draws(seed);
            return () -> draws.below(count);
        }
    }

    /**
     * The rank k = 1, 2, ... has a probability proportional to k^-theta.
     *
     * <p>By rejection-inversion, exact for every theta and count. Source: W. Hörmann and G. Derflinger, "Rejection-Inversion
     * to Generate Variates from Monotone Discrete Distributions", ACM TOMACS 6 (1996).
     *
     * @param theta more than 0; 1.2 has 18 % of the I/Os on the most popular of many blocks
     */
    record Zipf(double theta) implements Popularity {
        private static final double MOST = 10;
        private static final double NEAR_ZERO = 1e-8;

        @Override
        public boolean isInRange() {
            return theta > 0 && theta <= MOST;
        }

        @Override
        public Ranks ranks(long count, long seed) {
            Draws draws = new Draws(seed);
            double least = area(1.5) - 1;
            double most = area(count + 0.5);
            // Within this distance above an integer, the inverse is never rejected.
            double sure = 2 - inverseArea(area(2.5) - height(2));
            return () -> {
                while (true) {
                    double under = most + draws.unit() * (least - most);
                    double x = inverseArea(under);
                    long rank = Math.max(1, Math.min(count, (long) (x + 0.5)));
                    if (rank - x <= sure || under >= area(rank + 0.5) - height((double) rank)) {
                        return rank - 1;
                    }
                }
            };
        }

        private double height(double x) {
            return StrictMath.exp(-theta * StrictMath.log(x));
        }

        /** The integral of the height from 1 to x, also where theta is 1 or near it. */
        private double area(double x) {
            double log = StrictMath.log(x);
            double exponent = (1 - theta) * log;
            return StrictMath.abs(exponent) < NEAR_ZERO
                    ? log * (1 + exponent / 2)
                    : log * StrictMath.expm1(exponent) / exponent;
        }

        private double inverseArea(double area) {
            double scaled = Math.max(-1, area * (1 - theta));
            return StrictMath.abs(scaled) < NEAR_ZERO
                    ? StrictMath.exp(area * (1 - scaled / 2))
                    : StrictMath.exp(area * StrictMath.log1p(scaled) / scaled);
        }
    }

    /**
     * A share h of the blocks has the share 1 - h of the I/Os, within it the same holds again, and so on.
     *
     * <p>Source: J. Gray et al., "Quickly Generating Billion-Record Synthetic Databases", SIGMOD 1994 ("self-similar").
     *
     * @param h more than 0 and less than 1; 0.2 is the rule of 80 to 20
     */
    record Pareto(double h) implements Popularity {
        @Override
        public boolean isInRange() {
            return h > 0 && h < 1;
        }

        @Override
        public Ranks ranks(long count, long seed) {
            Draws draws = new Draws(seed);
            double power = StrictMath.log(h) / StrictMath.log(1 - h);
            return () -> Math.min(count - 1, (long) (count * StrictMath.pow(draws.unit(), power)));
        }
    }

    /**
     * So many I/Os in a hundred go to so many blocks in a hundred, the others to the others; each evenly.
     *
     * @param ioPercent I/Os on the hot blocks
     * @param blockPercent blocks that are hot
     */
    record Hot(int ioPercent, int blockPercent) implements Popularity {
        @Override
        public boolean isInRange() {
            return ioPercent > 0 && blockPercent > 0;
        }

        @Override
        public Ranks ranks(long count, long seed) {
            Draws draws = new Draws(seed);
            long hot = Math.max(1, StrictMath.round(count * (blockPercent / 100.0)));
            return () ->
                    hot == count || draws.unit() * 100 < ioPercent ? draws.below(hot) : hot + draws.below(count - hot);
        }
    }
}
