package dev.tare.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.machine.linux.ForeignFunctions;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OsParametersTest {
    private final BenchmarkCheck check = new OsParameters();

    @Test
    void theCheckIsFoundAndKnowsItsOwnBenchmarksAlone() {
        assertThat(ServiceLoader.load(BenchmarkCheck.class)).hasAtLeastOneElementOfType(OsParameters.class);
        assertThat(check.knows("dev.tare.os.TimerBench.sleep")).isTrue();
        assertThat(check.knows("dev.tare.oscillator.Bench.one")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sleepMs, 0, from 1 to 10000",
        "sleepMs, 10001, from 1 to 10000",
        "sleepMs, 0.5, from 1 to 10000",
        "parkUs, -1, from 1 to 10000000",
        "parkUs, 50us, from 1 to 10000000",
        "clock, CLOCK_MONOTONIC, 'one of REALTIME, MONOTONIC, MONOTONIC_RAW'",
    })
    void aWrongValueIsRefusedWithWhatToPass(String name, String value, String expected) {
        assertThatThrownBy(() -> require("TimerBench.sleep", 1, Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ": expected ")
                .hasMessageContaining(expected)
                .hasMessageContaining("pass for example -p " + name + "=");
    }

    @Test
    void timersAndClocksOfTheJdkRunOnEveryMachineWithAnyThreads() {
        assertThatCode(() -> require("TimerBench.sleep", 8, Map.of("sleepMs", "1")))
                .doesNotThrowAnyException();
        assertThatCode(() -> require("TimerBench.parkNanos", 8, Map.of("parkUs", "10000000")))
                .doesNotThrowAnyException();
        assertThatCode(() -> require("TimerBench.nanoTime", 8, Map.of())).doesNotThrowAnyException();
        assertThat(lacking("TimerBench.nanoTime")).isEmpty();
    }

    @Test
    void aParameterWithoutACheckIsAFaultOfThisModule() {
        assertThatThrownBy(() -> require("TimerBench.sleep", 1, Map.of("napMs", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("napMs: has no check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TimerBench.clockGettime",
                "SyscallBench.nullCall",
                "SyscallBench.freshPage",
                "SyscallBench.mappedPage"
            })
    void systemCallsAreLackingWhereTheJdkHasNone(String benchmark) {
        assertThatCode(() -> require(benchmark, 1, Map.of())).doesNotThrowAnyException();
        if (ForeignFunctions.MISSING.isPresent()) {
            assertThat(lacking(benchmark).orElse(""))
                    .contains(ForeignFunctions.MISSING.get())
                    .contains("run it with JDK 22 or newer");
        } else {
            assertThat(lacking(benchmark)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SyscallBench.contextSwitch", "SyscallBench.wakeUp", "SyscallBench.spinning"})
    void threadsThatHandOverHaveTheirProcessorsForThemselves(String benchmark) {
        assertThatThrownBy(() -> require(benchmark, 2, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one thread")
                .hasMessageContaining("got 2; say -t 1");
    }

    private void require(String benchmark, int threads, Map<String, String> parameters) {
        check.require(requested(benchmark, threads, parameters));
    }

    private Optional<String> lacking(String benchmark) {
        return check.lacking(requested(benchmark, 1, Map.of()));
    }

    private static BenchmarkCheck.Requested requested(String benchmark, int threads, Map<String, String> parameters) {
        return new BenchmarkCheck.Requested("dev.tare.os." + benchmark, parameters, threads, 1 << 30, 1 << 30);
    }
}
