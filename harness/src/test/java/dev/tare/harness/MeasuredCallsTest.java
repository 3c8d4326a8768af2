package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.infra.Control;

final class MeasuredCallsTest {
    @ParameterizedTest
    @CsvSource({
        // Threads wait for each other before the measured time, and after it.
        "false, false, true, false",
        "false, false, false, false",
        "true, false, true, true",
        "true, false, false, true",
        "true, true, false, false",
        // A thread that begins when another has already stopped still measures its first call.
        "true, true, true, true",
    })
    void aCallCountsFromTheCommonBeginToTheCommonEnd(
            boolean started, boolean stopped, boolean isFirst, boolean counts) {
        Control control = new Control();
        control.startMeasurement = started;
        control.stopMeasurement = stopped;

        assertThat(MeasuredCalls.begins(control, isFirst)).isEqualTo(counts);
    }
}
