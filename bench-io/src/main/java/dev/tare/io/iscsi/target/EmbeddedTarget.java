package dev.tare.io.iscsi.target;

import dev.tare.io.file.OwnFile;
import dev.tare.io.iscsi.login.TargetIdentity;
import dev.tare.io.origin.Memory;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Our target in a process of its own on loopback, so that it shares neither heap nor compiler with what measures it.
 *
 * <p>The process ends, and removes its image, when its standard input does, also when this JVM is killed, and when a signal
 * asks it to. An image is a file of ours like that of a benchmark: where nobody could remove it, the next run in its folder
 * does.
 */
public final class EmbeddedTarget implements Closeable {
    private static final String READY = "listening ";
    private static final long START_LIMIT_S = 60;
    private static final long LEAST_FILL_BYTES_PER_S = 10_000_000;
    private static final long END_LIMIT_S = 20;
    /** What the process may take besides its disk. */
    private static final long OVERHEAD_BYTES = 512L << 20;

    private final Process process;
    private final int port;

    private EmbeddedTarget(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Checks that a disk in memory finds room, before anything is started.
     *
     * @throws IllegalArgumentException when this machine has not so much to give now, with what to do
     */
    public static void requireMemory(long sizeBytes) {
        OptionalLong available = Memory.availableBytes();
        if (available.isPresent() && sizeBytes > available.getAsLong() - OVERHEAD_BYTES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "sizeBytes: expected at most %d MiB for a disk in memory, as %d MiB are available here and its"
                            + " process may take %d besides, got %d MiB; choose a smaller one, or a disk in a file"
                            + " with target=iscsi:embedded:FOLDER",
                    Math.max(0, available.getAsLong() - OVERHEAD_BYTES) >> 20,
                    available.getAsLong() >> 20,
                    OVERHEAD_BYTES >> 20,
                    sizeBytes >> 20));
        }
    }

    /**
     * Starts the process.
     *
     * @param folder where to make an image, or null for a disk in memory
     * @throws IOException when it does not get ready, with what it said
     */
    public static EmbeddedTarget start(long sizeBytes, @Nullable Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=" + (OVERHEAD_BYTES + (folder == null ? sizeBytes : 0)),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedTarget.class.getName(),
                Long.toString(sizeBytes)));
        if (folder != null) {
            command.add(folder.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new EmbeddedTarget(process, awaitPort(process, sizeBytes));
        } catch (IOException e) {
            process.destroy();
            throw e;
        }
    }

    private static int awaitPort(Process process, long sizeBytes) throws IOException {
        long limitS = START_LIMIT_S + sizeBytes / LEAST_FILL_BYTES_PER_S;
        CompletableFuture<String> firstLine = CompletableFuture.supplyAsync(() -> firstLine(process));
        try {
            String line = firstLine.get(limitS, TimeUnit.SECONDS);
            if (line.startsWith(READY)) {
                return Integer.parseInt(line.substring(READY.length()));
            }
            throw new IOException("embedded target: expected it to listen, got \"" + line + "\"");
        } catch (ExecutionException e) {
            throw new IOException("embedded target: expected it to listen, got no word from it", e);
        } catch (TimeoutException e) {
            throw new IOException(
                    String.format(
                            Locale.ROOT, "embedded target: expected it to listen within %d s, got nothing", limitS),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("embedded target: interrupted while it started", e);
        }
    }

    private static String firstLine(Process process) {
        // The stream stays open with the process: closing it would break the target's later words.
        BufferedReader output = process.inputReader();
        return output.lines().findFirst().orElse("its end");
    }

    /** Where the disk is. */
    public String url() {
        return "iscsi://127.0.0.1:" + port + "/" + TargetOptions.NAME + "/0";
    }

    /** The process, for its CPU time. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the process. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The process: size in bytes, and a folder if the disk is to be a file. Its first line says where it listens, or why it
     * does not.
     */
    public static void main(String[] arguments) {
        long sizeBytes = Long.parseLong(arguments[0]);
        TargetOptions options = TargetOptions.of(
                new TargetIdentity(TargetOptions.NAME, null),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try {
            if (arguments.length == 1) {
                serve(TargetServer.ofMemory(sizeBytes, options, EmbeddedTarget::note));
                return;
            }
            try (OwnFile image = OwnFile.create(Path.of(arguments[1]))) {
                int leftOvers = image.deleteLeftOvers();
                if (leftOvers > 0) {
                    note("deleted " + leftOvers + " files that killed runs left in " + arguments[1]);
                }
                serve(TargetServer.ofOwnFile(image, sizeBytes, options, EmbeddedTarget::note));
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(TargetServer target) throws IOException {
        try (target) {
            System.out.println(READY + target.address().getPort());
            while (System.in.read() >= 0) {
                // Whatever comes is no end.
            }
        }
    }

    private static void note(String event) {
        if (!event.endsWith("logged in") && !event.endsWith("logged out")) {
            System.err.println("embedded iSCSI target: " + event);
        }
    }
}
