package dev.tare.app.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A JVM with an embedded server, which waits to be killed. */
public final class ServerStarter {
    private ServerStarter() {}

    /** Prints the server's number and the folder of its data. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EmbeddedServer server = EmbeddedServer.start(Path.of(arguments[0]), 20);
        System.out.println("server " + server.pid() + " in " + server.data());
        new CountDownLatch(1).await();
    }
}
