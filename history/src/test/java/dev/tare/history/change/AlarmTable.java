package dev.tare.history.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Prints the tables of docs/history.md: {@code AlarmTable [SERIES [SEED]]}, of how many series each line tells, and the seed of
 * the first. The rule was chosen with the seeds that it has by default; with others it shows what the rule is worth.
 */
final class AlarmTable {
    private static final int NIGHTS = 75;
    private static final int STEP_AT = 45;
    private static final double STEP = 0.95;
    private static final double NOISE = 0.02;

    /** Series with a step are others than those without. */
    private static final long STEPPED = 49_000;

    private final int series;
    private final long seed;

    private AlarmTable(int series, long seed) {
        this.series = series;
        this.seed = seed;
    }

    public static void main(String[] arguments) {
        new AlarmTable(
                        arguments.length > 0 ? Integer.parseInt(arguments[0]) : 150,
                        arguments.length > 1 ? Long.parseLong(arguments[1]) : 1000)
                .print();
    }

    private void print() {
        System.out.println("seeds from " + seed + ", with a step from " + (seed + STEPPED) + " on");
        System.out.println(
                "| noise of 2 % | false alarms per 100 series in 75 nights | a 5 % step is told within 10 nights"
                        + " | median of the nights |");
        System.out.println("| --- | ---: | ---: | ---: |");
        print("independent", seed -> SimulatedSeries.noise(seed, 0, NIGHTS));
        print("AR(1) 0.3", seed -> SimulatedSeries.noise(seed, 0.3, NIGHTS));
        print("AR(1) 0.5", seed -> SimulatedSeries.noise(seed, 0.5, NIGHTS));
        print("AR(1) 0.7", seed -> SimulatedSeries.noise(seed, 0.7, NIGHTS));
        print("independent, a spike of 20 % in 1 of 20 nights", seed -> spiked(seed));
        print("two modes, 5 % apart, in turn at random", seed -> bimodal(seed));
        print("twice the noise from night 38 on", seed -> louder(seed));
        print("independent, 1 of 5 nights missing", seed -> SimulatedSeries.noise(seed, 0, NIGHTS * 4 / 5));
        print("drift of 3 % in all 75 nights", seed -> drifting(seed));
    }

    private void print(String name, LongFunction<double[]> noise) {
        int alarms = IntStream.range(0, series)
                .parallel()
                .map(i -> SimulatedSeries.told(values(noise.apply(seed + i), 1), ChangeRule.DEFAULT))
                .sum();
        int[] found = IntStream.range(0, series)
                .parallel()
                .map(i -> SimulatedSeries.nightsUntilTold(
                        values(noise.apply(seed + STEPPED + i), STEP), ChangeRule.DEFAULT, STEP_AT))
                .filter(nights -> nights > 0)
                .sorted()
                .toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f %% | %s |",
                name,
                100.0 * alarms / series,
                100.0 * found.length / series,
                found.length == 0 ? "-" : found[found.length / 2]));
    }

    private static double[] values(double[] noise, double step) {
        double[] values = new double[noise.length];
        for (int i = 0; i < noise.length; i++) {
            values[i] = 100 * Math.exp(NOISE * noise[i]) * (i >= STEP_AT ? step : 1);
        }
        return values;
    }

    private static double[] spiked(long seed) {
        double[] noise = SimulatedSeries.noise(seed, 0, NIGHTS);
        Random random = new Random(seed + 7);
        for (int i = 0; i < noise.length; i++) {
            noise[i] += random.nextInt(20) == 0 ? -0.2 / NOISE : 0;
        }
        return noise;
    }

    private static double[] bimodal(long seed) {
        double[] noise = SimulatedSeries.noise(seed, 0, NIGHTS);
        Random random = new Random(seed + 7);
        return Arrays.stream(noise)
                .map(value -> value / 2 + (random.nextBoolean() ? 0.05 / NOISE : 0))
                .toArray();
    }

    private static double[] louder(long seed) {
        double[] noise = SimulatedSeries.noise(seed, 0, NIGHTS);
        for (int i = NIGHTS / 2; i < NIGHTS; i++) {
            noise[i] *= 2;
        }
        return noise;
    }

    private static double[] drifting(long seed) {
        double[] noise = SimulatedSeries.noise(seed, 0, NIGHTS);
        for (int i = 0; i < NIGHTS; i++) {
            noise[i] -= 0.03 / NOISE * i / NIGHTS;
        }
        return noise;
    }
}
