package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts of several addresses, of which only some have a server: all of 127.0.0.0/8 is this machine. */
final class HostAddressesTest {
    private static InetSocketAddress at(String address, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getAllByName(address)[0], port);
    }

    private static DirectClock open(ClockAddress address, InetSocketAddress... sockets) {
        return HostAddresses.first(
                address, List.of(sockets), (server, socket) -> DirectClock.open(server, Discipline.standard()));
    }

    @ParameterizedTest
    @EnumSource(ClockTransport.class)
    void theFirstAddressThatBringsTheTimeServesAndIsNamed(ClockTransport transport) throws Exception {
        try (ClockServer server =
                ClockServer.start(ClockServerOptions.loopback().withPort(0))) {
            ClockAddress named = new ClockAddress("clock.test", server.port(), transport);
            try (DirectClock clock = open(named, at("127.0.0.2", server.port()), at("127.0.0.1", server.port()))) {
                assertThat(clock.server()).isEqualTo(new ClockAddress("127.0.0.1", server.port(), transport));
                assertThat(clock.read().boundNs()).isPositive();
            }
        }
    }

    @Test
    void anAddressWhoseServerIsNotSynchronizedIsPassedOver() throws Exception {
        try (FakeServer unset = new FakeServer(reply -> List.of(reply.put(0, (byte) 0xe4)));
                FakeServer set = new FakeServer(List::of);
                DirectClock clock =
                        open(new ClockAddress("clock.test", 123, ClockTransport.UDP), unset.address(), set.address())) {
            assertThat(clock.server().port()).isEqualTo(set.address().getPort());
        }
    }

    @Test
    void everyAddressThatFailsIsNamedWithItsReason() throws Exception {
        try (FakeServer unset = new FakeServer(reply -> List.of(reply.put(0, (byte) 0xe4)))) {
            int port = unset.address().getPort();

            assertThatThrownBy(() -> open(
                            new ClockAddress("clock.test", port, ClockTransport.UDP),
                            at("127.0.0.2", port),
                            at("127.0.0.1", port)))
                    .isInstanceOf(ClockUnreachableException.class)
                    .hasMessageStartingWith("clock server clock.test:" + port
                            + "/udp: expected the time from one of 2 addresses, got it from none. ")
                    .hasMessageContaining(
                            "127.0.0.2:" + port + "/udp: expected the time, got word that nothing listens")
                    .hasMessageContaining("127.0.0.1:" + port
                            + "/udp: expected the time; it answered, but its own clock is not synchronized");
        }
    }

    @Test
    void aHostThatIsUnknownIsSaidToBe() {
        ClockAddress address = new ClockAddress("fe80::1%nonesuch0", 123, ClockTransport.UDP);

        assertThatThrownBy(() -> DirectClock.open(address, Discipline.standard()))
                .isInstanceOf(ClockUnreachableException.class)
                .hasMessageContaining("expected a host with an address")
                .hasMessageContaining("nonesuch0");
    }
}
