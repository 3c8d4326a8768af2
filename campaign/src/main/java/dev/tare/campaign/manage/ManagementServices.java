package dev.tare.campaign.manage;

import dev.tare.campaign.agent.HostWork;
import dev.tare.campaign.agent.PeerToken;
import dev.tare.campaign.hosts.HostList.ManagementAddresses;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the management host serves while a campaign runs: the time, and the passive ends of network benchmarks. */
final class ManagementServices implements AutoCloseable {
    private static final String CLOCK = "clock.address";
    private static final String PEER = "peer.address";
    private static final String LOAD = "reached.load";
    private static final int TOKEN_BYTES = 32;

    private final ClockServer clock;
    private final HostPort clockAddress;
    private final HostWork.PassivePeer peer;
    private final PeerToken tokenFile;
    private final String token;

    private ManagementServices(
            ClockServer clock, HostPort clockAddress, HostWork.PassivePeer peer, PeerToken tokenFile, String token) {
        this.clock = clock;
        this.clockAddress = clockAddress;
        this.peer = peer;
        this.tokenFile = tokenFile;
        this.token = token;
    }

    /**
     * Starts to serve.
     *
     * @param addresses where; loopback unless somebody says otherwise
     * @param kept what {@link #kept} gave when the campaign began, for the same ports again; empty at the begin
     */
    static ManagementServices start(
            ManagementAddresses addresses, SortedMap<String, String> kept, HostWork work, Path temporary)
            throws UnavailableHostsException {
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        String token = Base64.getEncoder().encodeToString(secret);
        String control = addresses.control().orElse("127.0.0.1");
        String load = addresses.load().orElse(control);
        ClockServer clock = null;
        try {
            InetAddress bind = InetAddress.getByName(control);
            clock = ClockServer.start(
                    ClockServerOptions.loopback().withBind(bind).withPort(port(kept, CLOCK)));
            PeerToken tokenFile = new PeerToken(temporary, token);
            HostWork.PassivePeer peer =
                    work.startPeer(InetAddress.getByName(load), port(kept, PEER), tokenFile.write());
            return new ManagementServices(
                    clock, new HostPort(bind.getHostAddress(), clock.port()), peer, tokenFile, token);
        } catch (IOException e) {
            if (clock != null) {
                clock.close();
            }
            throw new UnavailableHostsException(
                    "the management host cannot serve clock and peers on " + control + " and " + load + ": "
                            + Reasons.of(e) + "; name addresses of its own under management in the list of hosts"
                            + (kept.isEmpty() ? "" : ", and free the ports that the campaign began with"),
                    e);
        }
    }

    private static int port(SortedMap<String, String> kept, String key) {
        String address = kept.getOrDefault(key, ":0");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** What a campaign keeps of it. */
    SortedMap<String, String> kept() throws IOException {
        SortedMap<String, String> kept = new TreeMap<>();
        kept.put(CLOCK, clockAddress());
        kept.put(PEER, peerAddress());
        kept.put(LOAD, peer.address().getAddress().getHostAddress());
        return kept;
    }

    /** The addresses that a campaign was begun with. */
    static ManagementAddresses addresses(SortedMap<String, String> kept) {
        String control = kept.getOrDefault(CLOCK, "127.0.0.1:0");
        return new ManagementAddresses(
                Optional.of(HostPort.parse("clock server", control, OptionalInt.empty())
                        .host()),
                Optional.ofNullable(kept.get(LOAD)));
    }

    String clockAddress() {
        return clockAddress.toString();
    }

    String peerAddress() throws IOException {
        return HostPort.of(peer.address()).toString();
    }

    String token() {
        return token;
    }

    /** The campaign's time. */
    long nowNs() {
        return clock.timescale().nowUnixNs();
    }

    @Override
    public void close() throws IOException {
        clock.close();
        peer.close();
        tokenFile.remove();
    }
}
