package dev.tare.clock.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 123, UDP, false, 1, true",
        "2001:db8::1, 4123, TCP, true, 0.25, false",
        "clock.example, 1, UDP, false, 1.0E-7, true",
    })
    void settingsSurviveTheAgentsArguments(
            String host, int port, ClockTransport transport, boolean direct, double wander, boolean swap) {
        ClockSettings settings = new ClockSettings(new ClockAddress(host, port, transport), direct, wander, swap);

        assertThat(ClockSettings.parse(settings.arguments())).isEqualTo(settings);
    }

    @Test
    void incompleteArgumentsNameWhatIsMissing() {
        assertThatThrownBy(() -> ClockSettings.parse("server=127.0.0.1:123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected transport=");
    }
}
