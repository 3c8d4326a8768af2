package dev.tare.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChannelSocketsTest {
    @Test
    void whoWaitsForAServerThatSaysNothingCanBeInterrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new ChannelSockets().createSocket(silent.getInetAddress(), silent.getLocalPort())) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread client = new Thread(
                    () -> {
                        try {
                            end.completeExceptionally(new AssertionError(
                                    "read " + socket.getInputStream().read()));
                        } catch (IOException e) {
                            end.complete(e);
                        }
                    },
                    "client");
            client.start();

            client.interrupt();

            assertThat(end.get(1, TimeUnit.MINUTES)).isInstanceOf(IOException.class);
            assertThat(socket.isClosed()).isTrue();
        }
    }
}
