package dev.tare.profiles.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.profiles.cli.CommandException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.ProfilerConfig;

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

    @ParameterizedTest
    @CsvSource({
        "io, dev.tare.io.profile.IoProfiler",
        "net, dev.tare.net.profile.NetProfiler",
        "os, dev.tare.os.profile.OsProfiler",
        "iterations, dev.tare.harness.IterationProfiler",
        "remoteclock, dev.tare.clock.profile.RemoteClockProfiler",
        "no.such.Profiler, no.such.Profiler",
    })
    void aShortNameIsThatOfAProfiler(String name, String profiler) {
        assertThat(JmhCommandLine.parse(List.of("-prof", name)).options().getProfilers())
                .extracting(ProfilerConfig::getKlass)
                .containsExactly(profiler);
    }

    @ParameterizedTest
    @CsvSource({"4k, 4096", "64KiB, 65536", "1m, 1048576", "2Gi, 2147483648", "4096, 4096", "auto, auto", "4x, 4x"})
    void aSizeIsTheSameHoweverItIsTyped(String typed, String bytes) {
        Options options = JmhCommandLine.parse(List.of("-p", "blockBytes=" + typed + ",8k", "-p", "seed=" + typed))
                .options();

        assertThat(options.getParameter("blockBytes").get()).containsExactly(bytes, "8192");
        assertThat(options.getParameter("seed").get()).containsExactly(typed);
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
