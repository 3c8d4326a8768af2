package dev.tare.app.server;

import dev.tare.harness.ChildJvm;
import dev.tare.harness.Reasons;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server of the benchmark's own, with a new cluster in a folder of its own, on a port of loopback and with a
 * password that nobody else knows. Its settings are PostgreSQL's own but for those that say who may reach it and how many.
 *
 * <p>A small process beside the benchmark makes it, watches it, and removes everything when this JVM ends in whatever way
 * ({@link ChildJvm}); where that process is killed too, the kernel ends the server, and the next one in the folder removes
 * its data.
 */
public final class EmbeddedServer implements Closeable {
    private static final String READY = "ready ";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final ChildJvm keeper;
    private final long pid;
    private final int port;
    private final String password;
    private final Path data;

    private EmbeddedServer(ChildJvm keeper) {
        this.keeper = keeper;
        String[] words = keeper.greeting().split(" ", 4);
        this.pid = Long.parseLong(words[0]);
        this.port = Integer.parseInt(words[1]);
        this.password = words[2];
        this.data = Path.of(words[3]);
    }

    /**
     * Why there can be no server here.
     *
     * @param folder where the folder of its data would go
     * @return what is missing, and what to do; empty when nothing is known to be
     */
    public static Optional<String> missing(Path folder) {
        try {
            Optional<String> programs = ServerPrograms.missing();
            if (programs.isEmpty()) {
                ServerUser.here().requireEntry(folder);
            }
            return programs;
        } catch (IOException e) {
            return Optional.of(Reasons.of(e));
        }
    }

    /**
     * Starts a server.
     *
     * @param folder where to make the folder of its data
     * @param connections how many it takes at the same time
     * @throws IOException when it does not get ready, with what it said
     */
    public static EmbeddedServer start(Path folder, int connections) throws IOException {
        return new EmbeddedServer(ChildJvm.start(
                "database server",
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m"),
                EmbeddedServer.class,
                List.of(folder.toString(), Integer.toString(connections)),
                READY,
                START_LIMIT));
    }

    /** The address of the database that every cluster has. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** The role, which may do everything. */
    public String user() {
        return ServerCluster.USER;
    }

    /** Its password, which stands nowhere but here and in the server. */
    public String password() {
        return password;
    }

    /** The process that starts all others of the server. */
    public long pid() {
        return pid;
    }

    /** The folder of its data. */
    public Path data() {
        return data;
    }

    /** The failure of a client, with how the server has ended and what it said last, if it has. */
    public IOException withLastWords(IOException failure) {
        return keeper.withLastWords(failure);
    }

    /** Ends the server and deletes its data. */
    @Override
    public void close() throws IOException {
        keeper.close();
    }

    /** The process beside the benchmark: a folder, and how many connections. Its first line has what {@link #start} reads. */
    public static void main(String[] arguments) {
        try {
            ServerCluster cluster = ServerCluster.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            // However this process ends: by the end of its parent, by a signal, or for want of a server.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(cluster), "removes the database server"));
            System.out.println(
                    READY + cluster.pid() + " " + cluster.port() + " " + cluster.password() + " " + cluster.data());
            Thread watch = new Thread(() -> endWith(cluster), "watches the database server");
            watch.setDaemon(true);
            watch.start();
            ChildJvm.awaitEndOfParent();
        } catch (IOException e) {
            // In one line, which is all that the parent quotes: initdb tells its steps before its failure.
            System.out.println(Reasons.of(e).replaceAll("\\R+", " / "));
            System.exit(1);
        }
    }

    private static void remove(ServerCluster cluster) {
        try {
            cluster.close();
        } catch (IOException e) {
            System.err.println("cannot remove " + cluster.data() + ": " + Reasons.of(e)
                    + "; the next run with this folder tries again");
        }
    }

    /** The clients learn from this process's end how the server ended. */
    private static void endWith(ServerCluster cluster) {
        try {
            cluster.awaitUnwantedEnd().ifPresent(end -> {
                System.err.println(end);
                System.exit(1);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
