package dev.tare.history.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The statistic of the paper, held against its formula written out. */
final class EnergySplitTest {
    @Test
    void fourValuesGiveWhatTheFormulaGivesByHand() {
        // Between {0, 1} and {4, 6}: 4 + 6 + 3 + 5 = 18, mean 4.5, doubled 9; within: 1 and 2.
        // (2 * 2) / (2 + 2) * (9 - 1 - 2) = 6.
        EnergySplit split = EnergySplit.best(new double[] {0, 1, 4, 6}, 0, 4, 2);

        assertThat(split.at()).isEqualTo(2);
        assertThat(split.end()).isEqualTo(4);
        assertThat(split.statistic()).isCloseTo(6, within(1e-12));
    }

    @Test
    void sumsThatAreCarriedGiveWhatAllPairsGive() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            double[] values = new double[4 + random.nextInt(20)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextGaussian();
            }
            int from = random.nextInt(values.length - 3);

            EnergySplit split = EnergySplit.best(values, from, values.length, 2);

            double largest = largestOfAllPairs(values, from);
            assertThat(split.statistic()).as("seed %d", seed).isCloseTo(largest, within(1e-9));
            assertThat(statistic(values, from, split.at(), split.end()))
                    .as("seed %d", seed)
                    .isCloseTo(largest, within(1e-9));
        }
    }

    @Test
    void aStepThatReturnsIsFoundAtBothOfItsEnds() {
        double[] values = {1, 2, 1, 2, 9, 8, 9, 8, 1, 2, 1, 2};

        EnergySplit split = EnergySplit.best(values, 0, values.length, 3);

        assertThat(split.at()).isEqualTo(4);
        assertThat(split.end()).isEqualTo(8);
    }

    @Test
    void tooFewValuesFallApartNowhere() {
        assertThat(EnergySplit.best(new double[] {1, 2, 3, 4, 5}, 0, 5, 3).statistic())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private static double largestOfAllPairs(double[] values, int from) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int at = from + 2; at <= values.length - 2; at++) {
            for (int end = at + 2; end <= values.length; end++) {
                largest = Math.max(largest, statistic(values, from, at, end));
            }
        }
        return largest;
    }

    /** Equations 5 to 7 as they are printed. */
    private static double statistic(double[] values, int from, int at, int end) {
        double n = at - from;
        double m = end - at;
        double between = 2 / (n * m) * distances(values, from, at, at, end);
        double left = distances(values, from, at, from, at) / 2 / (n * (n - 1) / 2);
        double right = distances(values, at, end, at, end) / 2 / (m * (m - 1) / 2);
        return n * m / (n + m) * (between - left - right);
    }

    private static double distances(double[] values, int from, int to, int otherFrom, int otherTo) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            for (int j = otherFrom; j < otherTo; j++) {
                sum += Math.abs(values[i] - values[j]);
            }
        }
        return sum;
    }
}
