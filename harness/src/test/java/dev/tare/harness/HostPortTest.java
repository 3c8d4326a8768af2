package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:12123, 192.0.2.1, 12123",
        "clock.example:1, clock.example, 1",
        "[2001:db8::1]:65535, 2001:db8::1, 65535",
        "[fe80::1%eth0]:123, fe80::1%eth0, 123",
    })
    void hostAndPortAreReadAndWrittenAlike(String text, String host, int port) {
        HostPort read = HostPort.parse("peer", text, OptionalInt.empty());

        assertThat(read).isEqualTo(new HostPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"clock.example, clock.example:12123", "[2001:db8::1], [2001:db8::1]:12123", "192.0.2.1:7, 192.0.2.1:7"})
    void aPortThatIsMissingIsTheDefault(String text, String read) {
        assertThat(HostPort.parse("clock server", text, OptionalInt.of(12123))).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.1",
                ":12123",
                "192.0.2.1:",
                "192.0.2.1:0",
                "192.0.2.1:65536",
                "192.0.2.1:99999999999",
                "192.0.2.1:http",
                "2001:db8::1:12123",
                "[2001:db8::1",
                "a b:1",
            })
    void everythingElseIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.parse("peer", text, OptionalInt.empty()))
                .withMessage("peer: expected HOST:PORT with a port from 1 to 65535, got \"" + text
                        + "\"; for example 192.0.2.1:12123 or [2001:db8::1]:12123");
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1:2:3:4:5",
        "192.0.2.1, 192.0.2.1",
    })
    void addressesAreWrittenShort(String address, String text) throws Exception {
        assertThat(HostPort.text(InetAddress.getByName(address))).isEqualTo(text);
    }

    @Test
    void aBlankHostIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostPort(" ", 1))
                .withMessageContaining("expected HOST:PORT");
    }
}
