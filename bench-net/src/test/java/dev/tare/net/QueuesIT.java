package dev.tare.net;

import static dev.tare.net.GuestNetwork.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.RequiresJdk;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What queues on the way to the peer: between the guest and it stands a router whose token bucket lets 200 Mbit/s through and
 * holds 4 MB, more than is ever under way here. A queue in the guest itself would not do: Linux counts what a socket has there
 * and gives it no more.
 */
@RequiresRoot
@RequiresProgram(value = "ip", debianPackage = "iproute2")
@RequiresProgram(value = "tc", debianPackage = "iproute2")
final class QueuesIT {
    private static final double LINK_BYTES_PER_S = 200e6 / 8;
    /** Of an Ethernet frame of 1,514 bytes 1,448 are content. */
    private static final double FRAMING = 1514.0 / 1448;

    @TempDir
    Path folder;

    private GuestNetwork network;
    private NetworkNamespace guest;
    private NetworkNamespace router;
    private NetworkNamespace host;
    /** The interface by which guest and router know each other. */
    private String access;

    @BeforeEach
    void makeNetwork() throws Exception {
        network = new GuestNetwork(folder);
        guest = network.namespace();
        router = network.namespace();
        host = network.namespace();
        access = guest.connect("10.84.1.2/24", router, "10.84.1.1/24");
        String bottleneck = router.connect("10.84.2.2/24", host, "10.84.2.1/24");
        router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        // Reno fills a queue that loses nothing; BBR, where it is the default, would keep it short.
        guest.run("sh", "-c", "echo reno > /proc/sys/net/ipv4/tcp_congestion_control");
        // What is under way must be limited by the benchmark's window alone.
        guest.run("sh", "-c", "echo 4096 131072 16777216 > /proc/sys/net/ipv4/tcp_wmem");
        host.run("sh", "-c", "echo 4096 131072 16777216 > /proc/sys/net/ipv4/tcp_rmem");
        guest.run("ip", "route", "add", "default", "via", "10.84.1.1");
        host.run("ip", "route", "add", "default", "via", "10.84.2.2");
        router.run(
                "tc",
                "qdisc",
                "add",
                "dev",
                bottleneck,
                "root",
                "tbf",
                "rate",
                "200mbit",
                "burst",
                "32kb",
                "limit",
                "4mb");
    }

    @AfterEach
    void removeNetwork() throws IOException {
        network.close();
    }

    @Test
    void aRoundTripBehindAStreamWaitsForTheBytesInTheQueue() throws Exception {
        network.startPeer(host, "10.84.2.1");
        // 2048 messages are under way at most, a frame each, and a sixteenth less when a grant is due.
        RunningProgram run = bench(
                "LatencyUnderLoadBench.tcp",
                "-p",
                "loadMessageBytes=1448",
                "-p",
                "idleMs=300",
                "-p",
                "settleMs=1000",
                "-r",
                "2",
                "-prof",
                "dev.tare.net.profile.NetProfiler");

        double queueUs = 1e6 * 2048 * 1514 / LINK_BYTES_PER_S;
        double idleUs = score(run, "LatencyUnderLoadBench.tcp:idleP50Us");
        assertThat(idleUs).isPositive().isLessThan(queueUs / 10);
        assertThat(score(run, "LatencyUnderLoadBench.tcp:loadedP50Us")).isCloseTo(queueUs, withinPercentage(10));
        assertThat(score(run, "LatencyUnderLoadBench.tcp:inducedP50Us"))
                .isCloseTo(score(run, "LatencyUnderLoadBench.tcp:loadedP50Us") - idleUs, within(1e-6));
        assertThat(score(run, "LatencyUnderLoadBench.tcp:loadSentMBps"))
                .isCloseTo(LINK_BYTES_PER_S / FRAMING / 1e6, withinPercentage(5));
    }

    @Test
    void aPacedStreamIsAsFastAsItWasAskedToBeOrAsItsLink() throws Exception {
        network.startPeer(host, "10.84.2.1");

        RunningProgram run = bench("SocketBench.send", "-r", "2", "-p", "pacedMBps=5,50");

        List<Double> scores = GuestNetwork.scores(run, "SocketBench.send:bandwidthMBps");
        assertThat(scores).hasSize(2);
        assertThat(scores.get(0)).isCloseTo(5, withinPercentage(7));
        assertThat(scores.get(1)).isCloseTo(LINK_BYTES_PER_S / FRAMING / 1e6, withinPercentage(7));
        assertThat(run.output()).contains("# fact pacing: ");
    }

    @Test
    @RequiresProgram(value = "ss", debianPackage = "iproute2")
    void whatThePeerSendsAgainIsWhatItsKernelCounts() throws Exception {
        // Twenty frames fit this queue on the way back, so that some of what the peer sends is lost.
        router.run(
                "tc", "qdisc", "add", "dev", access, "root", "tbf", "rate", "200mbit", "burst", "4kb", "limit", "32kb");
        network.startPeer(host, "10.84.2.1");
        long[] before = segmentsSentAndResent();

        RunningProgram run = bench("SocketBench.receive", "-r", "1", "-prof", "dev.tare.net.profile.NetProfiler");
        double percent = score(run, "SocketBench.receive:retransmittedPercent");
        long[] after = segmentsSentAndResent();

        // The kernel counts all sockets of the peer's namespace, until the last message has arrived.
        double resent = after[1] - before[1];
        double expected = 100 * resent / (after[0] - before[0] + resent);
        assertThat(resent).isGreaterThan(20);
        assertThat(percent).isCloseTo(expected, withinPercentage(20));
        assertThat(score(run, "SocketBench.receive:congestionWindowBytes")).isBetween(1448.0, 1e6);
        assertThat(run.output()).containsPattern("# fact peer-tcp-info: (TCP_INFO|ss -tin)");
    }

    /** OutSegs, which has none that were sent again in it, and RetransSegs of the host. */
    private long[] segmentsSentAndResent() throws Exception {
        List<List<String>> lines = host.run("cat", "/proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith("Tcp:"))
                .map(line -> List.of(line.split(" ")))
                .toList();
        return Stream.of("OutSegs", "RetransSegs")
                .mapToLong(name -> Long.parseLong(lines.get(1).get(lines.get(0).indexOf(name))))
                .toArray();
    }

    @Test
    @RequiresJdk(22)
    @RequiresProgram(value = "nft", debianPackage = "nftables")
    void socketsHaveTheOptionsThatTheyWereAskedFor() throws Exception {
        network.useJdk(22);
        network.startPeer(host, "10.84.2.1");
        host.run(
                "nft",
                "add table ip t; add counter ip t expedited; add chain ip t in { type filter hook input priority 0; };"
                        + " add rule ip t in ip saddr 10.84.1.2 ip dscp ef counter name expedited");
        String other = otherThanReno();

        RunningProgram run = bench(
                "SocketBench.send",
                "-r",
                "1",
                "-prof",
                "dev.tare.net.profile.NetProfiler",
                "-p",
                "pacedMBps=5",
                "-p",
                "dscp=46",
                "-p",
                "mss=1000",
                "-p",
                "sourceAddress=10.84.1.2",
                "-p",
                "congestion=" + other);

        assertThat(score(run, "SocketBench.send:bandwidthMBps")).isCloseTo(5, withinPercentage(15));
        assertThat(score(run, "SocketBench.send:retransmittedPercent")).isZero();
        assertThat(score(run, "SocketBench.send:tcpRttUs")).isPositive();
        assertThat(score(run, "SocketBench.send:congestionWindowBytes")).isGreaterThanOrEqualTo(988);
        // TCP's timestamps take 12 bytes of each segment.
        assertThat(run.output())
                .contains(
                        "# fact congestion: " + other,
                        "# fact peer-congestion: " + other,
                        "# fact mss: 988",
                        "# fact peer-mss: 988",
                        "# fact dscp: 46",
                        "# fact pacing: kernel (SO_MAX_PACING_RATE)",
                        "# fact source-address: 10.84.1.2",
                        "# fact tcp-info: TCP_INFO");
        assertThat(host.run("nft", "list", "counter", "ip", "t", "expedited")).containsPattern("packets [1-9]");
    }

    /** A congestion control that the guest does not have by itself, where this kernel has another. */
    private static String otherThanReno() throws IOException {
        return Stream.of(Files.readString(Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control"))
                        .strip()
                        .split(" "))
                .filter(name -> !name.equals("reno"))
                .findFirst()
                .orElse("reno");
    }

    private RunningProgram bench(String include, String... options) throws IOException {
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"-wi", "0", "-i", "1"}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        return network.bench(guest, "10.84.2.1:5210", include, all);
    }
}
