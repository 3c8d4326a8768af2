package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.profile.ProfilerException;

final class IterationProfilerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "maxSteal=2", "maxSteal=0.5;maxForeign=10", "maxForeign=10,maxSteal=0.5", "maxForeign=0;"})
    void limitsAreTakenWithEitherSeparator(String options) {
        assertThatCode(() -> new IterationProfiler(options)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxsteal=1", "maxSteal", "maxSteal=", "maxSteal=-1", "maxForeign=5%", "maxForeign=NaN"})
    void anythingElseIsRefusedWithWhatToPass(String options) {
        assertThatThrownBy(() -> new IterationProfiler(options))
                .isInstanceOf(ProfilerException.class)
                .hasMessageContaining("got \"" + options + "\"")
                .hasMessageContaining("maxSteal=1;maxForeign=5");
    }

    @Test
    void withoutOptionsTheDefaultsHold() {
        assertThatCode(IterationProfiler::new).doesNotThrowAnyException();
    }
}
