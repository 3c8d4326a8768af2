package dev.tare.iscsi.initiator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.login.Credentials;
import dev.tare.iscsi.login.LoginRefused;
import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A portal's name that stands for several addresses, of which not all serve. */
@Timeout(60)
class LoginsTest {
    private static final String NAME = "store.example";

    @Test
    void theNextAddressIsTakenAndSaidAndAskedFirstFromThenOn() throws Exception {
        try (TargetServer target = target("127.0.0.1", null)) {
            Logins logins = logins("127.0.0.2", "127.0.0.3", "127.0.0.1");
            Portal portal = new Portal(NAME, target.address().getPort());
            Logins.LoggedIn first = logIn(logins, portal);
            assertThat(first.server())
                    .hasToString(portal + " (127.0.0.1; 127.0.0.2 did not answer; 127.0.0.3 did not answer)");
            Logins.LoggedIn second = logIn(logins, portal);
            assertThat(second.server()).hasToString(portal + " (127.0.0.1)");
            assertThat(second.server().isSameAs(first.server())).isTrue();
        }
    }

    @Test
    void anAddressThatServesNoMoreGivesWayToTheNext() throws Exception {
        Logins logins = logins("127.0.0.1", "127.0.0.2");
        int port;
        Portal portal;
        Logins.LoggedIn first;
        try (TargetServer target = target("127.0.0.1", null)) {
            port = target.address().getPort();
            portal = new Portal(NAME, port);
            first = logIn(logins, portal);
        }
        try (TargetServer target = target("127.0.0.2", port, null)) {
            Logins.LoggedIn second = logIn(logins, portal);
            assertThat(second.server()).hasToString(portal + " (127.0.0.2; 127.0.0.1 did not answer)");
            assertThat(second.server().isSameAs(first.server())).isFalse();
            assertThat(target.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void whereNoneServesEachIsNamedWithItsReason() throws Exception {
        Portal portal;
        try (TargetServer target = target("127.0.0.1", null)) {
            portal = new Portal(NAME, target.address().getPort());
        }
        assertThatThrownBy(() -> logIn(logins("127.0.0.1", "::1"), portal))
                .isInstanceOf(ConnectionLost.class)
                .hasMessageStartingWith("none of the 2 addresses of store.example serves: ")
                .hasMessageContaining("cannot connect to 127.0.0.1:" + portal.port() + " (")
                .hasMessageContaining("cannot connect to [0:0:0:0:0:0:0:1]:" + portal.port() + " (");
    }

    @Test
    void aTargetThatSaysNoHasTheLastWord() throws Exception {
        Credentials credentials = new Credentials("alice", "correct-horse", null);
        try (TargetServer target = target("127.0.0.1", credentials)) {
            Portal portal = new Portal(NAME, target.address().getPort());
            assertThatThrownBy(() -> logIn(logins("127.0.0.1", "127.0.0.2"), portal))
                    .isInstanceOf(LoginRefused.class)
                    .hasMessageContaining("check user and secret");
        }
    }

    @Test
    void aNameWithoutAddressIsSaidInWords() {
        Logins nobody = new Logins(SessionOptions.plain(), host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> logIn(nobody, new Portal(NAME, 3260)))
                .hasMessageStartingWith("no address for host store.example (")
                .hasMessageContaining("check the name");
    }

    private static Logins logins(String... addresses) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        return new Logins(SessionOptions.plain(), host -> all.clone());
    }

    private static Logins.LoggedIn logIn(Logins logins, Portal portal) throws IOException {
        Logins.LoggedIn login = logins.logIn(portal, TargetOptions.NAME);
        login.stream().wire().close();
        return login;
    }

    private static TargetServer target(String address, @Nullable Credentials credentials) throws IOException {
        return target(address, 0, credentials);
    }

    private static TargetServer target(String address, int port, @Nullable Credentials credentials) throws IOException {
        TargetOptions options = TargetOptions.of(TargetOptions.NAME, credentials, new InetSocketAddress(address, port));
        return TargetServer.ofMemory(1 << 20, options, System.out::println);
    }
}
