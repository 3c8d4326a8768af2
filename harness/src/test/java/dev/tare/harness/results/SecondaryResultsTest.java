package dev.tare.harness.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.options.TimeValue;

final class SecondaryResultsTest {
    private static final IterationParams MEASURED =
            new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.seconds(1), 1);

    private final SecondaryResults recorded = new SecondaryResults();

    @ParameterizedTest
    @CsvSource({"AVG, 5", "SUM, 15", "MAX, 9", "MIN, 2"})
    void valuesOfSeveralThreadsBecomeOneByTheirPolicy(AggregationPolicy policy, double aggregate) {
        for (double value : new double[] {4, 9, 2}) {
            recorded.record("latencyP99Us", value, "us", policy);
        }

        List<Result<?>> results = recorded.take(MEASURED);
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.getLabel()).isEqualTo("latencyP99Us");
            assertThat(result.getScore()).isEqualTo(aggregate);
            assertThat(result.getScoreUnit()).isEqualTo("us");
        });
    }

    @Test
    void aValueBelongsToOneIteration() {
        recorded.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        assertThat(recorded.take(MEASURED)).hasSize(1);
        assertThat(recorded.take(MEASURED)).isEmpty();

        recorded.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        recorded.clear();
        assertThat(recorded.take(MEASURED)).isEmpty();
    }

    @Test
    void aProfilerTakesNothingOfAnother() {
        SecondaryResults others = new SecondaryResults();
        recorded.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        others.record("responseMaxUs", 2, "us", AggregationPolicy.MAX);

        assertThat(recorded.take(MEASURED)).extracting(Result::getLabel).containsExactly("lossPercent");
        others.clear();
        assertThat(others.take(MEASURED)).isEmpty();
    }

    @Test
    void responseTimesOfThreadsBecomeOne() {
        ResponseTimes one = new ResponseTimes();
        ResponseTimes other = new ResponseTimes();
        for (int i = 1; i <= 100; i++) {
            (i % 2 == 0 ? one : other).record(i * 1000L);
        }
        recorded.record("read", one);
        recorded.record("read", other);
        one.clear();
        recorded.record("write", one);

        assertThat(recorded.take(MEASURED))
                .extracting(Result::getLabel, Result::getScore)
                .containsExactly(
                        tuple("readAverageUs", 50.5),
                        tuple("readP50Us", 50.015),
                        tuple("readP90Us", 90.047),
                        tuple("readP95Us", 95.039),
                        tuple("readP99Us", 99.007),
                        tuple("readP999Us", 100.0),
                        tuple("readP9999Us", 100.0),
                        tuple("readMaxUs", 100.0));
    }
}
