package dev.tare.profiles.command;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose first address leads nowhere: 127.0.0.2 is this machine too, but nothing listens there. */
final class ManyAddressesIT {
    @TempDir
    Path folder;

    private BenchmarksJar jar;

    @BeforeEach
    void nameAHost() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.2 rack.test\n127.0.0.1 rack.test\n");
        jar = new BenchmarksJar(folder).withFlags("-Djdk.net.hosts.file=" + hosts);
    }

    @Test
    void theClockThatAnswersServesAndIsNamed() throws Exception {
        try (ClockServer server =
                ClockServer.start(ClockServerOptions.loopback().withPort(0))) {
            jar.run("inspect", "--clock", "rack.test:" + server.port(), "--seconds", "2")
                    .exits(0)
                    .prints("127.0.0.1:" + server.port() + "/udp");
        }
        jar.run("inspect", "--clock", "rack.test:9", "--seconds", "2")
                .exits(3)
                .prints("expected the time from one of 2 addresses, got it from none")
                .prints("127.0.0.2:9/udp")
                .prints("127.0.0.1:9/udp");
        jar.run("inspect", "--clock", "nowhere.test:9", "--seconds", "2")
                .exits(3)
                .prints("expected a host with an address");
    }

    @Test
    void thePeerThatAnswersServesAndIsNamed() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(InetAddress.getLoopbackAddress()))) {
            int port = peer.address().getPort();
            // A fork inherits no system property of its launcher.
            jar.run(
                            "RoundTripBench.tcp",
                            "-p",
                            "peer=rack.test:" + port,
                            "-p",
                            "messageBytes=1k",
                            "-f",
                            "1",
                            "-wi",
                            "0",
                            "-i",
                            "1",
                            "-r",
                            "50ms",
                            "-jvmArgsAppend",
                            "-Djdk.net.hosts.file=" + folder.resolve("hosts"))
                    .exits(0)
                    .prints("# fact peer: 127.0.0.1:" + port);
        }
    }
}
