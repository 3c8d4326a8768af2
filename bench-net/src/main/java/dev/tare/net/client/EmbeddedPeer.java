package dev.tare.net.client;

import dev.tare.net.peer.EmbeddedPeerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer in a process of its own, with this process's Java and class path; it ends with this process at the latest. */
public final class EmbeddedPeer implements AutoCloseable {
    private static final long GRACE_S = 5;

    private final Process process;
    private final InetSocketAddress address;

    private EmbeddedPeer(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param peer {@link PeerAddress#EMBEDDED} or {@link PeerAddress#EMBEDDED_IPV6}
     */
    public static EmbeddedPeer start(String peer) throws IOException {
        InetAddress loopback = InetAddress.getByName(peer.equals(PeerAddress.EMBEDDED_IPV6) ? "::1" : "127.0.0.1");
        // Few and small threads of the JVM's own: the peer shares the machine with what is measured.
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=600m",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedPeerMain.class.getName(),
                loopback.getHostAddress());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null || !line.startsWith("port ")) {
            process.destroyForcibly();
            throw new IOException("the embedded peer did not start: expected its port, got " + line
                    + "; its error output is above, its command was " + String.join(" ", command));
        }
        int port = Integer.parseInt(line.substring("port ".length()));
        return new EmbeddedPeer(process, new InetSocketAddress(loopback, port));
    }

    /** Where it listens, on loopback. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(GRACE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
