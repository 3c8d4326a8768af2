package dev.tare.profiles.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.plan.Profile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    /** Each fork is planned with 0.8 s for the JVM and an iteration of 2 s. */
    private static final double PLANNED_SECONDS = 2.8;

    private static final int FORKS = 3;

    private final List<PlannedConfiguration> all = Planner.plan(
                    Profile.parse("mine", "CountBench.up -p first=1,2,3,4,5,6 -p second=a -f 3 -wi 0 -i 1 -r 2s"),
                    JmhCommandLine.parse(List.of()),
                    Pattern.compile(""))
            .configurations();
    private final Map<PlannedConfiguration, List<Double>> measured = new HashMap<>();

    @Test
    void beforeTheFirstForkThePlanIsWhatIsLeft() {
        assertThat(secondsLeft()).isEqualTo(6 * FORKS * PLANNED_SECONDS, within(1e-9));
    }

    @Test
    void configurationsThatWereNotMeasuredAreExpectedToNeedTheSetUpOfThoseThatWere() {
        measured(0, 4.8);
        measured(1, 4.8);
        measured(2, 4.8);

        // Two forks each of three configurations as measured; three each of the others, with 2 s of set-up.
        assertThat(secondsLeft()).isEqualTo(6 * 4.8 + 9 * 4.8, within(1e-9));
    }

    @Test
    void oneSlowFirstForkIsNoRule() {
        measured(0, 62.8);

        assertThat(secondsLeft()).isEqualTo(2 * 62.8 + 15 * PLANNED_SECONDS, within(1e-9));

        measured(1, 3.0);
        measured(2, 3.0);
        measured(0, 3.0);

        assertThat(secondsLeft()).isEqualTo(5 * 3.0 + 9 * 3.0, within(1e-9));
    }

    @Test
    void whatIsLeftFallsWithEveryForkWhenAllTakeLongerThanPlanned() {
        List<Double> left = new ArrayList<>();
        for (int round = 0; round < FORKS; round++) {
            for (int configuration = 0; configuration < all.size(); configuration++) {
                measured(configuration, 4.8);
                if (measured.size() >= 3) {
                    left.add(secondsLeft());
                }
            }
        }

        assertThat(left).isSortedAccordingTo(Collections.reverseOrder()).endsWith(4.8, 0.0);
    }

    private void measured(int configuration, double seconds) {
        measured.computeIfAbsent(all.get(configuration), any -> new ArrayList<>())
                .add(seconds);
    }

    private double secondsLeft() {
        List<PlannedConfiguration> left = new ArrayList<>();
        for (PlannedConfiguration configuration : all) {
            left.addAll(Collections.nCopies(FORKS - forks(configuration).size(), configuration));
        }
        return Progress.secondsLeft(all, left, this::forks);
    }

    private List<Double> forks(PlannedConfiguration configuration) {
        return measured.getOrDefault(configuration, List.of());
    }
}
