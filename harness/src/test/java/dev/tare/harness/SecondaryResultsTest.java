package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Result;

final class SecondaryResultsTest {
    @BeforeEach
    void beginsAnIteration() {
        SecondaryResults.clear();
    }

    @ParameterizedTest
    @CsvSource({"AVG, 5", "SUM, 15", "MAX, 9", "MIN, 2"})
    void valuesOfSeveralThreadsBecomeOneByTheirPolicy(AggregationPolicy policy, double aggregate) {
        for (double value : new double[] {4, 9, 2}) {
            SecondaryResults.record("latencyP99Us", value, "us", policy);
        }

        List<Result<?>> results = SecondaryResults.take();
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.getLabel()).isEqualTo("latencyP99Us");
            assertThat(result.getScore()).isEqualTo(aggregate);
            assertThat(result.getScoreUnit()).isEqualTo("us");
        });
    }

    @Test
    void aValueBelongsToOneIteration() {
        SecondaryResults.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        assertThat(SecondaryResults.take()).hasSize(1);
        assertThat(SecondaryResults.take()).isEmpty();

        SecondaryResults.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        SecondaryResults.clear();
        assertThat(SecondaryResults.take()).isEmpty();
    }
}
