package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.net.socket.SocketSettings;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.RunningProgram;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Network namespaces that stand for hosts and guests, with a peer and benchmarks in JVMs of their own inside. */
final class GuestNetwork implements Closeable {
    /** Several JVMs share this machine, each of which would ignore JMH's lock of the others. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC", "-Djmh.ignoreLock=true", SocketSettings.NATIVE_ACCESS, SocketSettings.DESCRIPTORS);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private int leastJdk;
    private final Path token;
    private final List<NetworkNamespace> namespaces = new ArrayList<>();

    /** @param folder for the token that the peers and benchmarks have */
    GuestNetwork(Path folder) throws IOException {
        token = Files.writeString(folder.resolve("token"), "a token for the tests alone");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    /** What is started from now on runs on a JDK that is at least so new; without it on this one. */
    void useJdk(int least) {
        leastJdk = least;
    }

    @Override
    public void close() throws IOException {
        for (NetworkNamespace namespace : namespaces) {
            namespace.close();
        }
    }

    /** A host or guest. */
    NetworkNamespace namespace() throws IOException, InterruptedException {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    /** Starts a peer on an address of a host. */
    RunningProgram startPeer(NetworkNamespace host, String address) throws Exception {
        RunningProgram peer = host.start(
                JavaCommand.ofJdk(leastJdk, OPTIONS, PeerProgram.class.getName(), address, "5210", token.toString()));
        peer.awaitLine(Pattern.compile("^peer 5210$"));
        return peer;
    }

    /** Starts benchmarks without forks. */
    RunningProgram bench(NetworkNamespace guest, String peer, String include, String... options) throws IOException {
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
        if (include.startsWith("Socket") && Stream.of(options).noneMatch(word -> word.startsWith("messageBytes="))) {
            arguments.addAll(List.of("-p", "messageBytes=65536"));
        }
        arguments.addAll(List.of(options));
        return guest.start(
                JavaCommand.ofJdk(leastJdk, OPTIONS, BenchProgram.class.getName(), arguments.toArray(String[]::new)));
    }

    /** The score of the only iteration, after the run has ended well. */
    static double score(RunningProgram run, String name) throws InterruptedException {
        List<Double> scores = scores(run, name);
        assertThat(scores).as(run.output()).hasSize(1);
        return scores.get(0);
    }

    /** The scores of all iterations, after the run has ended well. */
    static List<Double> scores(RunningProgram run, String name) throws InterruptedException {
        assertThat(run.awaitExit(LIMIT)).as(run.output()).isZero();
        return Pattern.compile("(?m)^score " + Pattern.quote(name) + " (.+)$")
                .matcher(run.output())
                .results()
                .map(score -> Double.valueOf(score.group(1)))
                .toList();
    }
}
