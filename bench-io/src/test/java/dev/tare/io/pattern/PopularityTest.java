package dev.tare.io.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares of the I/Os that the most popular positions get, against the formulas of the distributions. */
final class PopularityTest {
    private static final int COUNT = 100_000;
    private static final int DRAWS = 2_000_000;
    private static final long SEED = 11;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.99, 1, 1.000000001, 1.2, 3})
    void zipfsSharesAreTheSumsOfItsSeries(double theta) {
        long[] drawn = draw(Popularity.of("zipf:" + new java.math.BigDecimal(Double.toString(theta)).toPlainString()));

        IntToDoubleFunction sum = most -> IntStream.rangeClosed(1, most)
                .mapToDouble(k -> Math.pow(k, -theta))
                .sum();
        for (int percent : new int[] {1, 10}) {
            double expected = sum.applyAsDouble(COUNT / 100 * percent) / sum.applyAsDouble(COUNT);
            assertThat(share(drawn, percent)).as(percent + " %").isCloseTo(expected, within(0.02 * expected));
        }
        double first = 1 / sum.applyAsDouble(COUNT);
        // Five standard deviations of a count.
        assertThat((double) drawn[0] / DRAWS).isCloseTo(first, within(5 * Math.sqrt(first / DRAWS)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5})
    void paretosSharesAreThoseOfItsRule(double h) {
        long[] drawn = draw(Popularity.of("pareto:" + h));

        for (int percent : new int[] {1, 10}) {
            double expected = Math.pow(percent / 100.0, Math.log(1 - h) / Math.log(h));
            assertThat(share(drawn, percent)).as(percent + " %").isCloseTo(expected, within(0.02 * expected));
        }
    }

    @Test
    void aHotSplitHasItsShares() {
        long[] drawn = draw(Popularity.of("hot:80/20"));

        assertThat(share(drawn, 20)).isCloseTo(0.8, within(0.002));
        assertThat(share(drawn, 10)).isCloseTo(0.4, within(0.002));
    }

    @Test
    void aSeedGivesTheSameRanksOnEveryMachine() {
        // Written down once: a change of these figures makes guests and runs incomparable.
        Popularity.Ranks ranks = Popularity.of("zipf:1.2").ranks(COUNT, 1);
        assertThat(IntStream.range(0, 8).mapToLong(i -> ranks.next()))
                .containsExactly(1L, 0L, 18L, 18L, 1L, 0L, 9L, 107L);
    }

    @Test
    void popularBlocksAreScatteredOverTheWholeRegion() {
        AccessSpec spec = new AccessSpec(BlockSizes.of(4096), 4096, 100, false, 100, Popularity.of("hot:90/10"), SEED);
        AccessPattern pattern = new AccessPattern(spec, new Region(0, 4096L * COUNT));
        int[] quarters = new int[4];
        for (int i = 0; i < 40_000; i++) {
            pattern.advance();
            quarters[(int) (pattern.positionBytes() / 4096 * 4 / COUNT)]++;
        }

        // 10,000 expected in each quarter; the share of the hot blocks that lie there deviates by one in a hundred.
        assertThat(Arrays.stream(quarters).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_300, 10_700));
    }

    @Test
    void whatIsCoveredIsWhatWasAccessed() {
        AccessSpec spec = new AccessSpec(BlockSizes.of(8192), 8192, 100, false, 100, Popularity.UNIFORM, SEED);
        AccessPattern pattern = new AccessPattern(spec, new Region(1 << 20, (1 << 20) + 8192L * 1000));
        for (int i = 0; i < 250; i++) {
            pattern.advance();
        }

        assertThat(pattern.coveredShare()).isEqualTo(0.25);
    }

    @Test
    void whatIsCoveredOfALargeRegionIsSampled() {
        long blocks = 1L << 26;
        AccessSpec spec = new AccessSpec(BlockSizes.of(1 << 20), 1 << 20, 100, false, 100, Popularity.UNIFORM, SEED);
        AccessPattern pattern = new AccessPattern(spec, new Region(0, 4096 * blocks));
        for (int i = 0; i < 4096; i++) {
            pattern.advance();
        }

        assertThat(pattern.coveredShare()).isEqualTo(4096.0 * 256 / blocks);
    }

    @ParameterizedTest
    @CsvSource({
        "zipf",
        "zipf:0",
        "zipf:11",
        "zipf:-1",
        "pareto:0",
        "pareto:1",
        "hot:80",
        "hot:100/20",
        "hot:0/20",
        "normal:2"
    })
    void whatHasNoMeaningIsRefused(String access) {
        assertThatThrownBy(() -> Popularity.of(access))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("access: expected uniform, zipf:THETA")
                .hasMessageContaining("got \"" + access + "\"");
    }

    private static long[] draw(Popularity popularity) {
        Popularity.Ranks ranks = popularity.ranks(COUNT, SEED);
        long[] drawn = new long[COUNT];
        for (int i = 0; i < DRAWS; i++) {
            drawn[(int) ranks.next()]++;
        }
        return drawn;
    }

    /** Of the draws, the share of the first so many in a hundred ranks. */
    private static double share(long[] drawn, int percent) {
        return (double) Arrays.stream(drawn, 0, COUNT / 100 * percent).sum() / DRAWS;
    }
}
