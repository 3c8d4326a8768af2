package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilerOptionsTest {
    @Test
    void withoutOptionsTheClockIsSwappedInGuestsAndKnownToOnePercent() {
        assertThat(ProfilerOptions.parse(""))
                .isEqualTo(
                        new ProfilerOptions(Optional.empty(), false, false, ProfilerOptions.When.VIRTUAL, 1, 1, false));
    }

    @Test
    void everyOptionIsRead() {
        assertThat(ProfilerOptions.parse(
                        "server=[2001:db8::1]:4123,transport=tcp,mode=direct,when=always,wander=0.5,max-error=0.1,"
                                + "verbosity=terse"))
                .isEqualTo(new ProfilerOptions(
                        Optional.of(new ClockAddress("2001:db8::1", 4123, ClockTransport.TCP)),
                        false,
                        true,
                        ProfilerOptions.When.ALWAYS,
                        0.5,
                        0.1,
                        true));
    }

    @Test
    void optionsAreSeparatedByCommasOrSemicolons() {
        assertThat(ProfilerOptions.parse("server=192.0.2.1:123;mode=direct,wander=2;max-error=0.5"))
                .isEqualTo(ProfilerOptions.parse("server=192.0.2.1:123,mode=direct,wander=2,max-error=0.5"));
    }

    @Test
    void noneIsNoServer() {
        ProfilerOptions options = ProfilerOptions.parse("server=none");

        assertThat(options.noServer()).isTrue();
        assertThat(options.server()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sevrer=a:1 | expected server=HOST:PORT",
                "server=a | clock server: expected HOST:PORT with a port from 1 to 65535, got \"a\"",
                "server=a:99999 | clock server: expected HOST:PORT with a port from 1 to 65535, got \"a:99999\"",
                "transport=ipx | transport: expected udp or tcp, got 'ipx'",
                "mode=both | mode: expected disciplined or direct, got 'both'",
                "when=sometimes | when: expected virtual or always or never, got 'sometimes'",
                "wander=much | wander: expected a number from 0 to 10000, got 'much'",
                "max-error=-1 | max-error: expected a number from 0 to 100, got '-1'",
                "max-error=NaN | max-error: expected a number from 0 to 100, got 'NaN'",
                "verbosity=loud | verbosity: expected normal or terse, got 'loud'",
                "wander=1,wander=2 | wander: expected once",
                "server | expected server=HOST:PORT",
            })
    void wrongOptionsSayWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> ProfilerOptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
