package dev.tare.io.lun;

import dev.tare.harness.ChildJvm;
import dev.tare.harness.Reasons;
import dev.tare.io.file.OwnFile;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import dev.tare.machine.memory.Machine;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
    /** What the process may take besides its disk. */
    private static final long OVERHEAD_BYTES = 512L << 20;

    private final ChildJvm process;

    private EmbeddedTarget(ChildJvm process) {
        this.process = process;
    }

    /**
     * Checks that a disk in memory finds room, before anything is started.
     *
     * @throws IllegalArgumentException when this machine has not so much to give now, with what to do
     */
    public static void requireMemory(long sizeBytes) {
        OptionalLong available = Machine.memory().availableBytes();
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
        return new EmbeddedTarget(ChildJvm.start(
                "embedded target",
                List.of("-Xmx256m", "-XX:MaxDirectMemorySize=" + (OVERHEAD_BYTES + (folder == null ? sizeBytes : 0))),
                EmbeddedTarget.class,
                Stream.concat(
                                Stream.of(Long.toString(sizeBytes)),
                                Stream.ofNullable(folder).map(Path::toString))
                        .toList(),
                READY,
                Duration.ofSeconds(START_LIMIT_S + sizeBytes / LEAST_FILL_BYTES_PER_S)));
    }

    /** Where the disk is. */
    public String url() {
        return "iscsi://127.0.0.1:" + process.greeting() + "/" + TargetOptions.NAME + "/0";
    }

    /** The process, for its CPU time. */
    public ProcessHandle process() {
        return process.process();
    }

    /** The failure of an I/O, with how the process has ended and what it said last, if it has. */
    public IOException withLastWords(IOException failure) {
        return process.withLastWords(failure);
    }

    /** Ends the process. */
    @Override
    public void close() throws IOException {
        process.close();
    }

    /**
     * The process: size in bytes, and a folder if the disk is to be a file. Its first line says where it listens, or why it
     * does not.
     */
    public static void main(String[] arguments) {
        long sizeBytes = Long.parseLong(arguments[0]);
        TargetOptions options =
                TargetOptions.of(TargetOptions.NAME, null, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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
                FileChannel channel = FileChannel.open(image.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                try (channel) {
                    image.holdBy(channel);
                    serve(TargetServer.ofChannel(
                            image.path().toString(), channel, sizeBytes, options, EmbeddedTarget::note));
                }
            }
        } catch (IOException e) {
            System.out.println(Reasons.of(e));
            System.exit(1);
        }
    }

    private static void serve(TargetServer target) throws IOException {
        try (target) {
            System.out.println(READY + target.address().getPort());
            ChildJvm.awaitEndOfParent();
        }
    }

    private static void note(String event) {
        if (!event.endsWith("logged in") && !event.endsWith("logged out")) {
            System.err.println(event);
        }
    }
}
