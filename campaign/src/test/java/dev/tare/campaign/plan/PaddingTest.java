package dev.tare.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.runs.Configuration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PaddingTest {
    private static PlannedLine line(int iterations, long iterationMs) {
        return new PlannedLine(
                new Configuration("a.Bench.x", "thrpt", 1, new TreeMap<>()), 2, 500, iterations, iterationMs);
    }

    @Test
    void aHostAloneMeasuresWhatItsLineSays() {
        assertThat(Padding.iterations(Map.of("a", line(5, 1000)), Set.of("a"))).containsEntry("a", 5);
    }

    @Test
    void allGoOnFromBeforeTheCountedTimeUntilAfterIt() {
        Map<String, Integer> iterations =
                Padding.iterations(Map.of("a", line(5, 1000), "b", line(10, 200)), Set.of("a", "b"));

        // 5 s, one of the longest iterations and 250 ms on either side: 7.5 s.
        assertThat(iterations).containsEntry("a", 8).containsEntry("b", 38);
    }

    @Test
    void aHostThatOnlyDisturbsGoesOnAsLongAsTheMeasuredOnes() {
        assertThat(Padding.iterations(Map.of("a", line(5, 100), "b", line(3, 100)), Set.of("a")))
                .containsEntry("b", 12);
    }

    @Test
    void whatEndsWithItsWorkHasASurplusOfTwo() {
        assertThat(Padding.iterations(Map.of("a", line(4, 0), "b", line(4, 0)), Set.of("a", "b")))
                .containsEntry("a", 6);
        assertThat(Padding.isOpen(Set.of(line(4, 0)))).isTrue();
    }
}
