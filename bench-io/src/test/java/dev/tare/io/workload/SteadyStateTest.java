package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SteadyStateTest {
    @ParameterizedTest
    @CsvSource({
        "'100,100,100,100', false",
        "'100,100,100,100,100', true",
        // Their range is 20 % of their average, and then more.
        "'90,110,100,110,90', true",
        "'89,110,100,111,90', false",
        // They rise by 2.5 a round: 10 from the first to the last; then by 2.6.
        "'95,97.5,100,102.5,105', true",
        "'94.8,97.4,100,102.6,105.2', false",
        "'105.2,102.6,100,97.4,94.8', false",
        // What was before does not matter.
        "'500,300,101,100,99,100,101', true"
    })
    void fiveRoundsAreSteadyByRangeAndSlope(String rates, boolean steady) {
        List<Double> all = Arrays.stream(rates.split(",")).map(Double::valueOf).toList();

        assertThat(SteadyState.isReached(all)).isEqualTo(steady);
    }

    @Test
    void roundsLastASecondUnlessTheyAreGiven() {
        assertThat(SteadyState.of("off")).isEmpty();
        assertThat(SteadyState.of("snia")).contains(new SteadyState(1));
        assertThat(SteadyState.of("snia:60")).contains(new SteadyState(60));
        assertThat(SteadyState.of("snia:0.5")).contains(new SteadyState(0.5));
    }

    @Test
    void roundsThatJmhWouldNotWaitForAreRefused() {
        new SteadyState(1).requireWithin(600);
        assertThatThrownBy(() -> new SteadyState(60).requireWithin(600))
                .hasMessage("steadyState: expected JMH to wait longer than the 1500 s of 25 rounds, got -to 600 s; give"
                        + " -to 2100s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "snia:", "snia:0", "snia:0.000", "snia:10000", "snia:1e3"})
    void whatHasNoMeaningIsRefused(String word) {
        assertThatThrownBy(() -> SteadyState.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got \"" + word + "\"; pass for example -p steadyState=snia:60");
    }
}
