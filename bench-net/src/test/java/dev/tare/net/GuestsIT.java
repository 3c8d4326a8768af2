package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks between network namespaces that stand for a host and its guests. */
@RequiresRoot
@RequiresProgram(value = "ip", debianPackage = "iproute2")
@RequiresProgram(value = "tc", debianPackage = "iproute2")
@RequiresProgram(value = "nft", debianPackage = "nftables")
final class GuestsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Path token;
    private final List<NetworkNamespace> namespaces = new ArrayList<>();

    @BeforeEach
    void makeToken() throws IOException {
        token = Files.writeString(folder.resolve("token"), "a token for the tests alone");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void removeNamespaces() throws IOException {
        for (NetworkNamespace namespace : namespaces) {
            namespace.close();
        }
    }

    @Test
    void aLimitedLinkCarriesWhatItsLimitAllows() throws Exception {
        NetworkNamespace host = namespace();
        NetworkNamespace guest = namespace();
        String cable = guest.connect("10.82.0.2/24", host, "10.82.0.1/24");
        guest.run(
                "tc", "qdisc", "add", "dev", cable, "root", "tbf", "rate", "200mbit", "burst", "64k", "latency",
                "50ms");
        startPeer(host, "10.82.0.1");

        RunningProgram run =
                bench(guest, "10.82.0.1:5210", "SocketBench.send", "-wi", "1", "-i", "2", "-w", "1", "-r", "2");

        // 200 Mbit/s of Ethernet frames: 1448 of each 1514 bytes are content.
        double expectedMBps = 200e6 / 8 / 1e6 * 1448 / 1514;
        assertThat(score(run, "SocketBench.send:bandwidthMBps")).isCloseTo(expectedMBps, within(expectedMBps * 0.05));
    }

    @Test
    void lostDatagramsAreCountedAsTheyAreDropped() throws Exception {
        NetworkNamespace host = namespace();
        NetworkNamespace guest = namespace();
        guest.connect("10.82.0.2/24", host, "10.82.0.1/24");
        host.run(
                "nft",
                "add table inet t; add chain inet t in { type filter hook input priority 0; };"
                        + " add rule inet t in udp length > 1000 numgen random mod 100 < 5 drop");
        startPeer(host, "10.82.0.1");

        RunningProgram run = bench(
                guest,
                "10.82.0.1:5210",
                "DatagramBench.send",
                "-wi",
                "0",
                "-i",
                "3",
                "-r",
                "1",
                "-p",
                "offeredMBps=1",
                "-prof",
                "dev.tare.net.profile.NetProfiler");

        // 2,000 datagrams: the standard deviation of the loss is 0.5 percent. At this rate the receiver's buffer
        // lasts for more than 100 ms, so that a busy machine loses none by itself.
        assertThat(score(run, "DatagramBench.send:lossPercent")).isCloseTo(5, within(2.5));
        assertThat(score(run, "DatagramBench.send:reorderedPerS")).isZero();
    }

    @Test
    void lostExchangesAreRepeatedAndCounted() throws Exception {
        NetworkNamespace host = namespace();
        NetworkNamespace guest = namespace();
        guest.connect("10.82.0.2/24", host, "10.82.0.1/24");
        host.run(
                "nft",
                "add table inet t; add chain inet t in { type filter hook input priority 0; };"
                        + " add rule inet t in udp length > 1000 numgen random mod 100 < 5 drop");
        startPeer(host, "10.82.0.1");

        RunningProgram run = bench(
                guest,
                "10.82.0.1:5210",
                "RoundTripBench.udp",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "2",
                "-p",
                "messageBytes=1024");

        assertThat(score(run, "RoundTripBench.udp:resentPerS")).isPositive();
        assertThat(score(run, "RoundTripBench.udp:roundTripsPerS")).isPositive();
    }

    @Test
    void threeGuestsAtOnceAreServedByOnePeer() throws Exception {
        NetworkNamespace host = namespace();
        List<NetworkNamespace> guests = List.of(namespace(), namespace(), namespace());
        for (int guest = 0; guest < guests.size(); guest++) {
            String net = "10.82." + guest;
            guests.get(guest).connect(net + ".2/24", host, net + ".1/24");
        }
        RunningProgram peer = startPeer(host, "0.0.0.0");

        List<RunningProgram> runs = new ArrayList<>();
        for (int guest = 0; guest < guests.size(); guest++) {
            runs.add(bench(
                    guests.get(guest),
                    "10.82." + guest + ".1:5210",
                    "SocketBench.(send|receive)",
                    "-wi",
                    "1",
                    "-i",
                    "2",
                    "-w",
                    "1",
                    "-r",
                    "1",
                    "-t",
                    "2"));
        }

        for (RunningProgram run : runs) {
            assertThat(score(run, "SocketBench.send:bandwidthMBps")).isPositive();
            assertThat(score(run, "SocketBench.receive:bandwidthMBps")).isPositive();
        }
        for (int guest = 0; guest < guests.size(); guest++) {
            peer.awaitLine(Pattern.compile("10\\.82\\." + guest + "\\.2:\\d+: 2 streams, [1-9].* has gone"));
        }
    }

    @Test
    void guestsReachEachOtherOverIpv6() throws Exception {
        NetworkNamespace one = namespace();
        NetworkNamespace two = namespace();
        one.connect("fd82::1/64", two, "fd82::2/64");
        startPeer(one, "fd82::1");

        RunningProgram run = bench(
                two,
                "[fd82::1]:5210",
                "(RoundTripBench.tcp|ConnectBench)",
                "-wi",
                "1",
                "-i",
                "1",
                "-w",
                "200ms",
                "-r",
                "200ms",
                "-p",
                "messageBytes=1");

        assertThat(score(run, "RoundTripBench.tcp:roundTripsPerS")).isPositive();
        assertThat(score(run, "ConnectBench.connection:connectionsPerS")).isPositive();
    }

    private NetworkNamespace namespace() throws IOException, InterruptedException {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    private RunningProgram startPeer(NetworkNamespace host, String address) throws Exception {
        RunningProgram peer = host.start(Jvm.command(PeerProgram.class.getName(), address, "5210", token.toString()));
        peer.awaitLine(Pattern.compile("^peer 5210$"));
        return peer;
    }

    private RunningProgram bench(NetworkNamespace guest, String peer, String include, String... options)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "dev.tare.net." + include,
                "-f",
                "0",
                "-foe",
                "true",
                "-p",
                "peer=" + peer,
                "-p",
                "tokenFile=" + token));
        if (include.startsWith("Socket")) {
            arguments.addAll(List.of("-p", "messageBytes=65536"));
        }
        arguments.addAll(List.of(options));
        return guest.start(Jvm.command("org.openjdk.jmh.Main", arguments.toArray(String[]::new)));
    }

    /** A score from JMH's closing table, after the run has ended well. */
    private static double score(RunningProgram run, String name) throws InterruptedException {
        assertThat(run.awaitExit(LIMIT)).as(run.output()).isZero();
        Matcher row = Pattern.compile("(?m)^" + Pattern.quote(name) + " .*thrpt(?: +\\d+)? +(?:\u2248 )?([0-9.]+)")
                .matcher(run.output());
        assertThat(row.find()).as(run.output()).isTrue();
        return Double.parseDouble(row.group(1));
    }
}
