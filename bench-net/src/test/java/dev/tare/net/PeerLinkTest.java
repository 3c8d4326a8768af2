package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerLinkTest {
    @Test
    void bothFamiliesAreRead() throws Exception {
        assertThat(PeerLink.resolve("127.0.0.1:5210"))
                .containsExactly(new InetSocketAddress(InetAddress.getAllByName("127.0.0.1")[0], 5210));
        assertThat(PeerLink.resolve("[::1]:5210"))
                .containsExactly(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 5210));
    }

    @Test
    void anAddressWithAScopeThatThisMachineLacksIsRefusedWithIt() {
        assertThatThrownBy(() -> PeerLink.resolve("[fe80::1%nonesuch0]:5210"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer: expected a host with an address")
                .hasMessageContaining("nonesuch0");
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
