package dev.tare.app.server;

import dev.tare.harness.Reasons;
import dev.tare.harness.ShortProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A new cluster and the server that serves it, as the process beside the benchmark has them. */
final class ServerCluster implements AutoCloseable {
    /** The role that initdb makes, which may do everything. */
    static final String USER = "tare";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String IS_READY = "database system is ready to accept connections";
    /** What is worth reading: the log at its usual level tells every checkpoint, too. */
    private static final Pattern NEWS = Pattern.compile("^(WARNING|FATAL|PANIC):.*");

    private static final int PASSWORD_BYTES = 16;
    private static final int LAST_WORDS = 10;
    private static final int ATTEMPTS = 3;
    private static final long END_LIMIT_S = 10;

    private final DataFolder folder;
    private final String password;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private Process server;
    private volatile boolean closing;
    private int port;

    private ServerCluster(DataFolder folder, String password, ServerUser user, Path programs, int connections)
            throws IOException {
        this.folder = folder;
        this.password = password;
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            server = serve(user, programs, connections);
            if (awaitReady()) {
                return;
            }
            String said = lastWords();
            // Somebody may have taken the port since it was found to be free.
            if (attempt == ATTEMPTS || !said.contains("could not bind")) {
                throw new IOException(
                        "database server: expected it to get ready, got its end; its last words: " + said);
            }
        }
    }

    /**
     * Makes a cluster and starts its server.
     *
     * @param parent where its folder goes
     * @param connections how many it takes at the same time
     * @throws IOException when there are no programs, no user or no place for it, or it does not get ready
     */
    static ServerCluster start(Path parent, int connections) throws IOException {
        DataFolder folder = DataFolder.create(parent);
        try {
            ServerUser user = ServerUser.here();
            user.requireEntry(parent);
            user.give(folder.path());
            Path programs = ServerPrograms.folder(folder.path());
            String password = HexFormat.of().formatHex(SecureRandom.getSeed(PASSWORD_BYTES));
            make(folder, password, user, programs);
            return new ServerCluster(folder, password, user, programs, connections);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Not forced to the disk: the benchmark makes a checkpoint before it measures, and what a crash leaves is deleted. */
    private static void make(DataFolder folder, String password, ServerUser user, Path programs) throws IOException {
        Path file = Files.createFile(
                folder.path().resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n", StandardOpenOption.WRITE);
        user.give(file);
        ShortProgram.output(user.command(
                programs.resolve("initdb").toString(),
                "--pgdata=" + folder.cluster(),
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + file,
                "--no-locale",
                "--encoding=UTF8",
                "--no-sync"));
        Files.delete(file);
    }

    private Process serve(ServerUser user, Path programs, int connections) throws IOException {
        Process started = new ProcessBuilder(user.boundCommand(
                        programs.resolve("postgres").toString(),
                        "-D",
                        folder.cluster().toString(),
                        "-p",
                        Integer.toString(port),
                        "-N",
                        Integer.toString(connections),
                        "-c",
                        "listen_addresses=" + LOOPBACK,
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "logging_collector=off",
                        "-c",
                        "log_line_prefix="))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        started.getOutputStream().close();
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    /** Whether the server got ready before it ended; goes on reading what it says. */
    private boolean awaitReady() {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Process reading = server;
        Thread reader = new Thread(() -> read(reading, ready), "log of the database server");
        reader.setDaemon(true);
        reader.start();
        return ready.join();
    }

    private void read(Process reading, CompletableFuture<Boolean> ready) {
        try {
            reading.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
                hear(line);
                if (line.contains(IS_READY)) {
                    ready.complete(true);
                } else if (NEWS.matcher(line).matches()) {
                    System.err.println(line);
                }
            });
        } catch (UncheckedIOException closed) {
            hear(Reasons.of(closed));
        } finally {
            ready.complete(false);
        }
    }

    private void hear(String line) {
        synchronized (lastWords) {
            if (lastWords.size() == LAST_WORDS) {
                lastWords.removeFirst();
            }
            lastWords.addLast(line);
        }
    }

    private String lastWords() {
        synchronized (lastWords) {
            return String.join(" / ", lastWords);
        }
    }

    /** The number of the server's first process. */
    long pid() {
        return server.pid();
    }

    /** Where it listens on loopback. */
    int port() {
        return port;
    }

    /** The password of {@link #USER}. */
    String password() {
        return password;
    }

    /** The folder of its files. */
    Path data() {
        return folder.cluster();
    }

    /** Waits for the end of the server, and tells how it ended unless {@link #close} ended it. */
    Optional<String> awaitUnwantedEnd() throws InterruptedException {
        int exitCode = server.waitFor();
        return closing
                ? Optional.empty()
                : Optional.of("the server ended with exit code " + exitCode + "; its last words: " + lastWords());
    }

    /** Ends the server at once, without a checkpoint for nobody, and deletes its data. */
    @Override
    public void close() throws IOException {
        closing = true;
        try (folder) {
            if (server.isAlive()) {
                ShortProgram.output(List.of("kill", "-QUIT", Long.toString(server.pid())));
            }
            if (!server.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
