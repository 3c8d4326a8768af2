package dev.tare.profiles.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.app.profile.AppProfiler;
import dev.tare.io.profile.IoProfiler;
import dev.tare.net.profile.NetProfiler;
import dev.tare.os.profile.OsProfiler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.ProfilerConfig;

final class ProfilersTest {
    @Test
    void theyAreAddedToWhatWasAskedFor() {
        Options options = in("FileBench", "-prof", "gc", "-rff", "x.json", "-p", "queueDepth=4", "-f", "2");

        assertThat(options.getProfilers())
                .extracting(ProfilerConfig::getKlass)
                .containsExactlyInAnyOrder(
                        "gc",
                        IoProfiler.class.getName(),
                        NetProfiler.class.getName(),
                        OsProfiler.class.getName(),
                        AppProfiler.class.getName());
        assertThat(options.getIncludes()).containsExactly("FileBench");
        assertThat(options.getResult().get()).isEqualTo("x.json");
        assertThat(options.getParameter("queueDepth").get()).containsExactly("4");
        assertThat(options.getForkCount().get()).isEqualTo(2);
    }

    @Test
    void noneIsThereTwice() {
        assertThat(in("-prof", IoProfiler.class.getName()).getProfilers())
                .extracting(ProfilerConfig::getKlass)
                .containsExactlyInAnyOrder(
                        IoProfiler.class.getName(),
                        NetProfiler.class.getName(),
                        OsProfiler.class.getName(),
                        AppProfiler.class.getName());
    }

    private static Options in(String... arguments) {
        return Profilers.withDefaults(JmhCommandLine.parse(List.of(arguments)).options());
    }
}
