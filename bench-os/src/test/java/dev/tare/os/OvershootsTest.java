package dev.tare.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.os.profile.OsProfiler;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.options.TimeValue;

final class OvershootsTest {
    private static final IterationParams WARM_UP =
            new IterationParams(IterationType.WARMUP, 1, TimeValue.seconds(1), 1);

    private final Overshoots overshoots = new Overshoots();

    @BeforeEach
    void begin() {
        OsProfiler.RESULTS.clear();
        overshoots.clear();
    }

    @Test
    void whatAThreadSleptLongerThanItAskedIsTold() {
        // 50, 60 and 130 us late; the last call lies outside the measured time.
        overshoots.woke(1_000_000, 1_050_000, true);
        overshoots.woke(1_000_000, 1_060_000, true);
        overshoots.woke(1_000_000, 1_130_000, true);
        overshoots.woke(1_000_000, 9_000_000, false);
        overshoots.record();

        Map<String, Double> told =
                OsProfiler.RESULTS.take(WARM_UP).stream().collect(Collectors.toMap(Result::getLabel, Result::getScore));
        assertThat(told).containsEntry("overshootAverageUs", 80.0).containsEntry("overshootMaxUs", 130.0);
        assertThat(told.get("overshootP50Us")).isBetween(60.0, 60.1);
    }

    @Test
    void threadsThatWakeUpBeforeTheirTimeFailTheIteration() {
        for (int i = 0; i < 11; i++) {
            overshoots.woke(1_000_000, 999_999, true);
        }

        assertThatThrownBy(overshoots::record)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got 11 that woke up early, beside 0 that did not");
    }
}
