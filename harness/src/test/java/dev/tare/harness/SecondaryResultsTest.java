package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Result;

final class SecondaryResultsTest {
    private final SecondaryResults recorded = new SecondaryResults();

    @ParameterizedTest
    @CsvSource({"AVG, 5", "SUM, 15", "MAX, 9", "MIN, 2"})
    void valuesOfSeveralThreadsBecomeOneByTheirPolicy(AggregationPolicy policy, double aggregate) {
        for (double value : new double[] {4, 9, 2}) {
            recorded.record("latencyP99Us", value, "us", policy);
        }

        List<Result<?>> results = recorded.take();
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.getLabel()).isEqualTo("latencyP99Us");
            assertThat(result.getScore()).isEqualTo(aggregate);
            assertThat(result.getScoreUnit()).isEqualTo("us");
        });
    }

    @Test
    void aValueBelongsToOneIteration() {
        recorded.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        assertThat(recorded.take()).hasSize(1);
        assertThat(recorded.take()).isEmpty();

        recorded.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        recorded.clear();
        assertThat(recorded.take()).isEmpty();
    }

    @Test
    void aProfilerTakesNothingOfAnother() {
        SecondaryResults others = new SecondaryResults();
        recorded.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        others.record("responseMaxUs", 2, "us", AggregationPolicy.MAX);

        assertThat(recorded.take()).extracting(Result::getLabel).containsExactly("lossPercent");
        others.clear();
        assertThat(others.take()).isEmpty();
    }
}
