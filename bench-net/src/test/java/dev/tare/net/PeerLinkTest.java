package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerLinkTest {
    @Test
    void bothFamiliesAreRead() {
        assertThat(PeerLink.resolve("127.0.0.1:5210").getPort()).isEqualTo(5210);
        assertThat(PeerLink.resolve("[::1]:5210").getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "embeded", "host", "host:", "host:0", "host:65536", "::1:5210", "a b:5210"})
    void anythingElseIsRefusedWithTheForms(String peer) {
        assertThatThrownBy(() -> PeerLink.resolve(peer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got \"" + peer + "\"")
                .hasMessageContaining("HOST:PORT")
                .hasMessageContaining("embedded-ipv6");
    }
}
