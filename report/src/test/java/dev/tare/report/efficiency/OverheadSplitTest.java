package dev.tare.report.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class OverheadSplitTest {
    private static final long SEED = 20100331;
    private static final double FIXED_S = 20e-6;
    private static final double PER_BYTE_S = 1 / 2e9;
    private static final int TRIALS = 2000;

    private static List<OverheadSplit.Size> sizes(DoubleUnaryOperator time, double... factors) {
        List<OverheadSplit.Size> sizes = new ArrayList<>();
        for (double bytes = 4096; bytes <= 4 << 20; bytes *= 4) {
            List<Double> seconds = new ArrayList<>();
            for (double factor : factors) {
                seconds.add(factor * time.applyAsDouble(bytes));
            }
            sizes.add(new OverheadSplit.Size(bytes, seconds));
        }
        return sizes;
    }

    private static double line(double bytes) {
        return FIXED_S + PER_BYTE_S * bytes;
    }

    @Test
    void anExactLineIsFoundAgain() {
        OverheadSplit split = OverheadSplit.of(sizes(OverheadSplitTest::line, 1, 1, 1));
        assertThat(split.fixedS()).isEqualTo(FIXED_S, within(1e-15));
        assertThat(1 / split.perByteS()).isEqualTo(2e9, within(1.0));
        assertThat(split.largestResidual()).isLessThan(1e-9);
        assertThat(split.refusal()).isEmpty();
    }

    /**
     * Times 2, 3, 4, 6 at 1, 2, 3, 4 bytes, one fork each: the weights are the inverse squares of the fitted times, so that
     * the normal equations must hold with them.
     */
    @Test
    void theLineLeavesTheLeastWeightedSquares() {
        double[] times = {2, 3, 4, 6};
        List<OverheadSplit.Size> sizes = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            sizes.add(new OverheadSplit.Size(i + 1, List.of(times[i])));
        }
        OverheadSplit split = OverheadSplit.of(sizes);
        double sumOfResiduals = 0;
        double sumOfMoments = 0;
        for (int i = 0; i < times.length; i++) {
            double fitted = split.fixedS() + split.perByteS() * (i + 1);
            sumOfResiduals += (times[i] - fitted) / (fitted * fitted);
            sumOfMoments += (i + 1) * (times[i] - fitted) / (fitted * fitted);
        }
        // The normal equations: weighted residuals have neither a sum nor a moment.
        assertThat(sumOfResiduals).isEqualTo(0, within(1e-4));
        assertThat(sumOfMoments).isEqualTo(0, within(1e-4));
    }

    @Test
    void whatAGuestAddsHasAnIntervalThatHoldsIt() {
        OverheadSplit bare = OverheadSplit.of(sizes(OverheadSplitTest::line, 0.99, 1, 1.01));
        OverheadSplit guest = OverheadSplit.of(sizes(bytes -> line(bytes) + 50e-6, 0.99, 1, 1.01));
        assertThat(guest.addedTo(bare).contains(50e-6)).isTrue();
        assertThat(guest.addedTo(bare).halfWidth()).isLessThan(3e-6);
    }

    @Test
    void whatIsNoLineIsRefused() {
        // A cache that ends at 64 KiB: twice the time for each byte beyond.
        assertThat(OverheadSplit.of(sizes(bytes -> bytes > 65536 ? 3 * line(bytes) : line(bytes), 0.99, 1, 1.01))
                        .refusal()
                        .orElseThrow())
                .startsWith("refused: the line misses a size by ");
        assertThat(OverheadSplit.of(sizes(bytes -> 1 / bytes, 1, 1.01)).refusal())
                .isPresent();
    }

    @Test
    void fewerThanFourSizesAreNoLine() {
        assertThatThrownBy(
                        () -> OverheadSplit.of(sizes(OverheadSplitTest::line, 1).subList(0, 3)))
                .hasMessage("Expected at least 4 sizes to split an overhead, got 3");
    }

    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        System.out.println("seed " + SEED);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int fixed = 0;
        int bandwidth = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            List<OverheadSplit.Size> noisy = new ArrayList<>();
            for (OverheadSplit.Size size : sizes(OverheadSplitTest::line, 1, 1, 1)) {
                noisy.add(new OverheadSplit.Size(
                        size.bytes(),
                        size.seconds().stream()
                                .map(time -> time * Math.exp(0.03 * random.nextGaussian()))
                                .toList()));
            }
            OverheadSplit split = OverheadSplit.of(noisy);
            fixed += split.fixed().contains(FIXED_S) ? 1 : 0;
            bandwidth += split.bandwidth().orElseThrow().contains(2e9) ? 1 : 0;
        }
        System.out.println(
                "covered: fixed " + 100.0 * fixed / TRIALS + " %, bandwidth " + 100.0 * bandwidth / TRIALS + " %");
        assertThat(100.0 * fixed / TRIALS).isBetween(93.5, 99.5);
        assertThat(100.0 * bandwidth / TRIALS).isBetween(93.5, 99.5);
    }
}
