package dev.tare.profiles.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 s",
        "400,0 s",
        "45000,45 s",
        "99499,99 s",
        "125000,2:05 min",
        "3599000,59:59 min",
        "3750000,1:02:30 h"
    })
    void durationsAreWrittenAsPeopleDo(long ms, String text) {
        assertThat(Plan.inWords(Duration.ofMillis(ms))).isEqualTo(text);
    }
}
