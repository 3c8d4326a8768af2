package dev.tare.cpu;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CpuParametersTest {
    private static final long GIBIBYTE = 1L << 30;

    @ParameterizedTest
    @CsvSource({"order,1000", "workers,2", "arraySize,8000", "repetitions,10", "timeLimitS,1200", "blockBytes,nonsense"
    })
    void valuesThatBenchmarksAcceptPass(String parameter, String value) {
        assertThatCode(() -> CpuParameters.require(parameter, value, 1, GIBIBYTE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "order,0,order: expected 1 to 46000",
        "order,abc,'order: expected a whole number, got abc'",
        "order,99999999999999999999,order: expected a whole number",
        "order,20000,order: 20000 needs a heap of",
        "workers,0,workers: expected 1 to 1024",
        "arraySize,1001,arraySize: expected an even number",
        "arraySize,60000,arraySize: 60000 needs a heap of",
        "repetitions,0,repetitions: expected 1 to 1000000",
        "timeLimitS,0,timeLimitS: expected 1 to 1000000",
    })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(String parameter, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.require(parameter, value, 1, GIBIBYTE))
                .withMessageStartingWith(reason);
    }
}
