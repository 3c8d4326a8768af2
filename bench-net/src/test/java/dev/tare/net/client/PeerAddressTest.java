package dev.tare.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerAddressTest {
    @Test
    void bothFamiliesAreRead() {
        assertThat(PeerAddress.parse("127.0.0.1:5210").getPort()).isEqualTo(5210);
        assertThat(PeerAddress.parse("[::1]:5210").getAddress().getHostAddress())
                .isEqualTo("0:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "embeded", "host", "host:", "host:0", "host:65536", "::1:5210", "a b:5210"})
    void anythingElseIsRefusedWithTheForms(String peer) {
        assertThatThrownBy(() -> PeerAddress.parse(peer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port")
                .hasMessageEndingWith("got " + peer);
    }
}
