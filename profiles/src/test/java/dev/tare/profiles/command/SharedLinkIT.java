package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hosts that send through one link of 200 Mbit/s: a fourth namespace forwards to the management host's, and lets so much
 * through as token buckets allow, each host its turn. Behind one queue for all, TCP shares so unevenly that hosts' iterations,
 * which do not begin at the same time, have rates from a tenth to nine tenths of the link.
 */
@RequiresRoot
@RequiresProgram(value = "ip", debianPackage = "iproute2")
@RequiresProgram(value = "tc", debianPackage = "iproute2")
@RequiresProgram(value = "nft", debianPackage = "nftables")
final class SharedLinkIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int GUESTS = 3;

    /** Of Ethernet frames of 1,514 bytes 1,448 are TCP's payload: 14 of Ethernet, 20 of IP, 32 of TCP with its timestamps. */
    private static final double LINK_MEGABYTES_PER_SECOND = 200.0 / 8 * 1448 / 1514;

    private static final String PLAN = """
            name: link
            rounds: 1
            workloads:
              net: SocketBench.send$ -p peer=${management} -p messageBytes=65536 -wi 1 -w 1s -i 5 -r 2s
            scenarios:
              - {name: all, measured: {guests: net}}
            """;

    /** A third of the link for each guest, and what others leave of theirs; what is no guest's TCP, clocks above all, is first. */
    private static final String SHARED_LINK = """
            link=%s
            tc qdisc add dev $link root handle 1: htb default 10 r2q 1000
            tc class add dev $link parent 1: classid 1:1 htb rate 200mbit burst 64kb cburst 64kb
            tc class add dev $link parent 1:1 classid 1:10 htb rate 200mbit prio 0
            nft add table ip share
            nft add chain ip share turns "{ type filter hook postrouting priority 0; }"
            for guest in 1 2 3; do
              tc class add dev $link parent 1:1 classid 1:1$guest htb rate 66mbit ceil 200mbit prio 1 burst 16kb cburst 16kb
              tc qdisc add dev $link parent 1:1$guest pfifo limit 200
              nft add rule ip share turns ip saddr 10.78.$guest.0/24 ip protocol tcp meta priority set 1:1$guest
            done
            """;

    @TempDir
    Path folder;

    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private NetworkNamespace management;

    @BeforeEach
    void connectGuests() throws IOException, InterruptedException {
        management = namespace();
        NetworkNamespace link = namespace();
        link.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        String cable = link.connect("10.78.0.2/24", management, "10.78.0.1/24");
        link.run("sh", "-e", "-c", SHARED_LINK.formatted(cable));
        management.run("ip", "route", "add", "10.78.0.0/16", "via", "10.78.0.2");
        StringBuilder hosts = new StringBuilder("management: {address: 10.78.0.1, load: 10.78.0.1}\nhosts:\n");
        for (int i = 1; i <= GUESTS; i++) {
            NetworkNamespace guest = namespace();
            link.connect("10.78." + i + ".1/24", guest, "10.78." + i + ".2/24");
            guest.run("ip", "route", "add", "default", "via", "10.78." + i + ".1");
            hosts.append("- {name: g%d, channel: ip netns exec %s}\n".formatted(i, guest.name()));
        }
        Files.writeString(folder.resolve("hosts.yml"), hosts);
        Files.writeString(folder.resolve("plan.yml"), PLAN);
    }

    private NetworkNamespace namespace() throws IOException, InterruptedException {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    @AfterEach
    void removeGuests() throws IOException {
        for (NetworkNamespace namespace : namespaces) {
            namespace.close();
        }
    }

    @Test
    void theSumIsWhatTheLinkCarries() throws Exception {
        BenchmarksJar jar = new BenchmarksJar(folder);
        List<String> campaign =
                management.command(jar.command("campaign", "plan.yml", "--hosts", "hosts.yml", "--out", "c"));
        try (RunningProgram running = RunningProgram.start(campaign, Map.of(), folder.toFile())) {
            assertThat(running.awaitExit(LIMIT)).as(running.output()).isZero();
        }
        jar.run("report", "c", "--json", "report.json").exits(0);

        ReportedFigures figures = ReportedFigures.read(folder.resolve("report.json"));
        double sum = figures.number("rates", "together", "all sum");
        assertThat(sum).isCloseTo(LINK_MEGABYTES_PER_SECOND, withinPercentage(3));
        for (int i = 1; i <= GUESTS; i++) {
            assertThat(figures.number("overlap", "counted", "all g" + i)).isGreaterThanOrEqualTo(3);
            assertThat(figures.number("rates", "together", "all g" + i)).isCloseTo(sum / GUESTS, withinPercentage(3));
        }
    }
}
