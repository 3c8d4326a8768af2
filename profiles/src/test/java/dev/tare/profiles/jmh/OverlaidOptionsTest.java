package dev.tare.profiles.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.ProfilerConfig;

final class OverlaidOptionsTest {
    @Test
    void theUpperValueWinsAndTheLowerOneFillsTheGaps() {
        Options options =
                overlay(List.of("-f", "3", "-p", "x=1"), List.of("-f", "7", "-i", "9", "-p", "x=2", "-p", "y=5"));

        assertThat(options.getForkCount().get()).isEqualTo(3);
        assertThat(options.getMeasurementIterations().get()).isEqualTo(9);
        assertThat(options.getParameter("x").get()).containsExactly("1");
        assertThat(options.getParameter("y").get()).containsExactly("5");
        assertThat(options.getWarmupIterations().hasValue()).isFalse();
    }

    @Test
    void selectionsAndModesAreReplacedNotJoined() {
        Options options = overlay(List.of("Upper", "-bm", "ss"), List.of("Lower", "-bm", "thrpt"));

        assertThat(options.getIncludes()).containsExactly("Upper");
        assertThat(options.getBenchModes()).containsExactly(Mode.SingleShotTime);
        assertThat(overlay(List.of(), List.of("Lower")).getIncludes()).containsExactly("Lower");
    }

    @Test
    void profilersAndExcludesAddUp() {
        Options options = overlay(List.of("-prof", "gc", "-e", "B"), List.of("-prof", "stack", "-e", "A"));

        assertThat(options.getProfilers()).extracting(ProfilerConfig::getKlass).containsExactly("stack", "gc");
        assertThat(options.getExcludes()).containsExactly("A", "B");
    }

    @Test
    void filesOfResultsAreLeftToTheRun() {
        Options options = overlay(List.of("-rf", "json", "-rff", "x.json"), List.of("-o", "y.txt"));

        assertThat(options.getResult().hasValue()).isFalse();
        assertThat(options.getResultFormat().hasValue()).isFalse();
        assertThat(options.getOutput().hasValue()).isFalse();
    }

    private static Options overlay(List<String> upper, List<String> lower) {
        return new OverlaidOptions(
                JmhCommandLine.parse(upper).options(),
                JmhCommandLine.parse(lower).options());
    }
}
