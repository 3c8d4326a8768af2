package dev.tare.profiles.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.profiles.cli.CommandException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JmhCommandLineTest {
    @Test
    void ourProfilersAnswerToShortNames() {
        JmhCommandLine line = JmhCommandLine.parse(List.of("A", "-prof", "remoteclock:server=host:123,wander=2"));

        assertThat(line.options().getProfilers()).singleElement().satisfies(profiler -> {
            assertThat(profiler.getKlass()).isEqualTo("dev.tare.clock.profile.RemoteClockProfiler");
            assertThat(profiler.getOpts()).isEqualTo("server=host:123,wander=2");
        });
    }

    @Test
    void theProfilersOfJmhKeepTheirNames() {
        JmhCommandLine line = JmhCommandLine.parse(List.of("-prof", "gc", "remoteclock"));

        assertThat(line.options().getProfilers())
                .singleElement()
                .satisfies(profiler -> assertThat(profiler.getKlass()).isEqualTo("gc"));
        assertThat(line.options().getIncludes()).containsExactly("remoteclock");
    }

    @Test
    void theNamesOfParametersAreKnown() {
        assertThat(JmhCommandLine.parse(List.of("-p", "a=1,2", "-p", "b=3")).parameterNames())
                .containsExactly("a", "b");
    }

    @Test
    void aWrongOptionIsRefusedWithTheNearestOnes() {
        assertThatThrownBy(() -> JmhCommandLine.parse(List.of("-proff", "gc")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("-proff is no option; did you mean -prof");
    }
}
