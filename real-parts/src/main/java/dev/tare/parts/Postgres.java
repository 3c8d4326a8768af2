package dev.tare.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Debian's PostgreSQL on loopback, with a new cluster, one role and its password. */
public final class Postgres implements AutoCloseable {
    /** The role, which may do everything. */
    public static final String USER = "tare";

    public static final String PASSWORD = "correct-horse";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private static final int USUAL_PORT = 5432;
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final String address;
    private final int port;
    private final RunningProgram server;

    private Postgres(Path folder, String address, int port, RunningProgram server) {
        this.folder = folder;
        this.address = address;
        this.port = port;
        this.server = server;
    }

    /** Makes a cluster and starts it; as root it runs as user postgres, for PostgreSQL refuses root. */
    public static Postgres start() throws IOException, InterruptedException {
        Path folder = cluster();
        int port = LoopbackPort.free();
        return new Postgres(folder, LOOPBACK, port, ready(RunningProgram.start(server(folder, LOOPBACK, port))));
    }

    /** The same in a network of its own, for clients that reach an address of it. */
    public static Postgres startIn(NetworkNamespace network, String address) throws IOException, InterruptedException {
        Path folder = cluster();
        CompletedProgram.output(
                "sed",
                "-i",
                "$ahost all all samenet scram-sha-256",
                folder.resolve("data/pg_hba.conf").toString());
        // Nobody else is in that network.
        int port = USUAL_PORT;
        return new Postgres(folder, address, port, ready(network.start(server(folder, address, port))));
    }

    private static Path cluster() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tare-postgres");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        if (isRoot()) {
            CompletedProgram.output("chown", "-R", "postgres:", folder.toString());
        }
        CompletedProgram.output(command(
                        "initdb",
                        "-D",
                        folder.resolve("data").toString(),
                        "-U",
                        USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--no-sync")
                .toArray(new String[0]));
        return folder;
    }

    private static RunningProgram ready(RunningProgram server) throws InterruptedException {
        server.awaitLine(Pattern.compile("ready to accept connections"));
        return server;
    }

    private static List<String> server(Path folder, String address, int port) throws IOException {
        return command(
                "postgres",
                "-D",
                folder.resolve("data").toString(),
                "-p",
                String.valueOf(port),
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=" + address);
    }

    private static List<String> command(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        command.add(newest().resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path newest() throws IOException {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("expected a version below " + VERSIONS + ", got none"));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    /** The address of the database that every cluster has. */
    public String url() {
        return "jdbc:postgresql://" + address + ":" + port + "/postgres";
    }

    /** The same with user and password. */
    public String urlWithCredentials() {
        return url() + "?user=" + USER + "&password=" + PASSWORD;
    }

    /** Ends the server as a crash would. */
    public void kill() {
        server.process().destroyForcibly();
        server.process().onExit().join();
    }

    @Override
    public void close() throws IOException {
        // The children of a postmaster that is gone end by themselves.
        kill();
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
