package dev.tare.harness.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tare.harness.arrival.ArrivalRate.Spacing;
import dev.tare.harness.results.ResponseTimes;
import dev.tare.harness.results.SecondaryResults;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.options.TimeValue;

final class ArrivalsTest {
    private static final long BEGIN_NS = Long.MAX_VALUE - 1_000_000;
    private static final IterationParams ITERATION =
            new IterationParams(IterationType.WARMUP, 1, TimeValue.seconds(1), 1);

    @Test
    void threadsTakeTurnsAtEqualDistances() {
        ArrivalRate rate = new ArrivalRate(1000, Spacing.CONSTANT);
        Arrivals first = new Arrivals(rate, 0, 2, 1);
        Arrivals second = new Arrivals(rate, 1, 2, 1);

        // The clock's origin is arbitrary, so that it may pass the largest number.
        first.begin(BEGIN_NS);
        second.begin(BEGIN_NS);

        for (int i = 0; i < 1000; i++) {
            assertThat(first.take() - BEGIN_NS).isEqualTo(i * 2_000_000L);
            assertThat(second.take() - BEGIN_NS).isEqualTo(i * 2_000_000L + 1_000_000);
        }
    }

    @Test
    void poissonsDistancesAreExponential() {
        Arrivals arrivals = new Arrivals(new ArrivalRate(10_000, Spacing.POISSON), 0, 1, 7);
        arrivals.begin(0);
        int count = 200_000;
        double sum = 0;
        double squares = 0;
        int longerThanMean = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long due = arrivals.take();
            double gapUs = (due - before) / 1e3;
            sum += gapUs;
            squares += gapUs * gapUs;
            longerThanMean += gapUs > 100 ? 1 : 0;
            before = due;
        }
        double mean = sum / count;

        assertThat(mean).isCloseTo(100, within(1.0));
        // An exponential distribution's deviation is its mean, and 1/e of it lies above that.
        assertThat(Math.sqrt(squares / count - mean * mean)).isCloseTo(100, within(1.5));
        assertThat((double) longerThanMean / count).isCloseTo(1 / Math.E, within(0.005));
    }

    @Test
    void theSameSeedGivesTheSameArrivals() {
        ArrivalRate rate = new ArrivalRate(10, Spacing.POISSON);
        Arrivals one = new Arrivals(rate, 1, 3, 5);
        Arrivals same = new Arrivals(rate, 1, 3, 5);
        Arrivals otherThread = new Arrivals(rate, 2, 3, 5);
        one.begin(0);
        same.begin(0);
        otherThread.begin(0);

        long due = one.take();
        assertThat(same.take()).isEqualTo(due);
        assertThat(otherThread.take()).isNotEqualTo(due);
    }

    @Test
    void whoIsKeptWaitingIsCountedFromWhenHeWasDue() {
        // 1,000 a second; the target stalls from 0.9 s to the end at 1 s: 900 are served at once, 100 wait 0 to 99 ms.
        Arrivals arrivals = new Arrivals(new ArrivalRate(1000, Spacing.CONSTANT), 0, 1, 1);
        ResponseTimes responses = new ResponseTimes();
        SecondaryResults results = new SecondaryResults();
        arrivals.begin(0);
        for (int i = 0; i < 900; i++) {
            responses.record(1_000_000L * i + 10_000 - arrivals.take());
        }

        arrivals.end(999_000_000, responses, results);

        assertThat(responses.count()).isEqualTo(1000);
        assertThat(responses.percentileNs(90.1)).isBetween(10_000L, 10_010L);
        assertThat(responses.percentileNs(95) / 1e6).isCloseTo(49, within(0.1));
        assertThat(responses.maxNs()).isEqualTo(99_000_000);
        assertThat(scores(results)).containsEntry("askedPerS", 1000.0).containsEntry("achievedPercent", 90.0);
    }

    @Test
    void nothingWasDueAndNothingIsMissed() {
        Arrivals arrivals = new Arrivals(new ArrivalRate(0.1, Spacing.CONSTANT), 1, 2, 1);
        SecondaryResults results = new SecondaryResults();
        arrivals.begin(0);

        arrivals.end(1_000_000, new ResponseTimes(), results);

        assertThat(scores(results)).containsEntry("achievedPercent", 100.0);
    }

    @Test
    void theRateThatWasAskedIsThatOfAllThreads() {
        SecondaryResults results = new SecondaryResults();
        for (int thread = 0; thread < 2; thread++) {
            Arrivals arrivals = new Arrivals(new ArrivalRate(1000, Spacing.CONSTANT), thread, 2, 1);
            arrivals.begin(0);
            arrivals.end(0, new ResponseTimes(), results);
        }

        assertThat(scores(results)).containsEntry("askedPerS", 1000.0);
    }

    @Test
    void waitingEndsWhenARequestIsDue() {
        Arrivals arrivals = new Arrivals(new ArrivalRate(1000, Spacing.CONSTANT), 0, 1, 1);
        arrivals.begin(System.nanoTime());
        for (int i = 0; i < 20; i++) {
            arrivals.await();
            assertThat(arrivals.isDue(System.nanoTime())).isTrue();
            arrivals.take();
        }
    }

    @Test
    void aClosedLoopHasNoRate() {
        assertThat(ArrivalRate.of("closed", "constant")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "2500.5, 2500.5", "10000000, 10000000"})
    void ratesAreNumbers(String text, double perS) {
        assertThat(ArrivalRate.of(text, "poisson")).contains(new ArrivalRate(perS, Spacing.POISSON));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1e3", "open", "10000001", "NaN", "''", "1k"})
    void whatIsNoRateIsRefused(String text) {
        assertThatThrownBy(() -> ArrivalRate.of(text, "constant"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ratePerS: expected closed or a number from 0.1 to 10000000 of requests per second, got \""
                        + text + "\"; pass for example -p ratePerS=1000");
    }

    @Test
    void whatIsNoSpacingIsRefused() {
        assertThatThrownBy(() -> ArrivalRate.of("10", "uniform"))
                .hasMessageStartingWith("arrivals: expected one of constant, poisson, got \"uniform\"");
    }

    private static Map<String, Double> scores(SecondaryResults results) {
        Function<Result<?>, String> label = Result::getLabel;
        return results.take(ITERATION).stream().collect(Collectors.toMap(label, Result::getScore));
    }
}
