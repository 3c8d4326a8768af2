package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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

    @Test
    void aBlankHostIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostPort(" ", 1))
                .withMessageContaining("expected HOST:PORT");
    }

    /** Each by the example of RFC 5952 that it is, or is like. */
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "2001:DB8::A, 2001:db8::a",
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void anAddressIsWrittenInItsShortForm(String address, String text) throws Exception {
        InetAddress read = InetAddress.getByName(address);

        assertThat(HostPort.text(read)).isEqualTo(text);
        assertThat(InetAddress.getByName(text)).isEqualTo(read);
    }

    @Test
    void theScopeOfALinkLocalAddressStays() throws Exception {
        InetAddress address =
                Inet6Address.getByAddress("", InetAddress.getByName("fe80::1").getAddress(), 3);

        assertThat(HostPort.of(new InetSocketAddress(address, 123))).hasToString("[fe80::1%3]:123");
    }

    @Test
    void aSocketThatIsNotBoundYetHasPortZero() throws Exception {
        assertThat(HostPort.text(new InetSocketAddress(InetAddress.getByName("::"), 0)))
                .isEqualTo("[::]:0");
    }

    @Test
    void aLiteralAddressIsLookedUpAsItself() throws Exception {
        assertThat(new HostPort("::1", 7).resolve())
                .containsExactly(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 7));
    }

    @Test
    void anUnknownHostOrScopeIsSaidWithWhatToCheck() {
        assertThatThrownBy(() -> new HostPort("fe80::1%nonesuch0", 7).resolve())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nonesuch0")
                .hasMessageContaining("check its name, the scope behind %");
    }
}
