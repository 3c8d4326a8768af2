package dev.tare.campaign.gate;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A measuring JVM's end of the agent's socket. When the other end is gone, whoever measured has gone too, and this JVM ends. */
final class GateLink {
    private static final String GO = "go ";
    private static final int ORPHANED = 3;

    private final SocketChannel channel;
    private final BlockingQueue<Long> go = new LinkedBlockingQueue<>();

    private GateLink(SocketChannel channel) {
        this.channel = channel;
    }

    static GateLink open(Path socket) throws IOException {
        GateLink link = new GateLink(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        Thread reader = new Thread(link::listen, "campaign gate");
        reader.setDaemon(true);
        reader.start();
        return link;
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(GO)) {
                    go.add(Long.parseLong(line.substring(GO.length())));
                }
            }
        } catch (IOException | NumberFormatException e) {
            System.err.println("campaign: the agent's gate broke: " + e);
        }
        // Not exit: hooks and a benchmark that hangs must not keep a fork alive that nobody waits for.
        Runtime.getRuntime().halt(ORPHANED);
    }

    void say(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long awaitGo() {
        try {
            return go.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("campaign: interrupted at the gate", e);
        }
    }
}
