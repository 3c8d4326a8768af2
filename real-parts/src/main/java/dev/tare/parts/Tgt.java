package dev.tare.parts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Debian's tgt on loopback, with a control socket and a port of its own, and one target. */
public final class Tgt implements AutoCloseable {
    /** The target's name. */
    public static final String TARGET = "iqn.2026-01.dev.tare:tgt";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RunningProgram server;
    private final int control;
    private final int port;

    private Tgt(RunningProgram server, int control, int port) {
        this.server = server;
        this.control = control;
        this.port = port;
    }

    /** Starts tgtd with a target that takes every initiator and has no unit yet. */
    public static Tgt start() throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        int control = ThreadLocalRandom.current().nextInt(1000, 30000);
        RunningProgram server = RunningProgram.start(List.of(
                Programs.require("tgtd").toString(),
                "-f",
                "-C",
                Integer.toString(control),
                "--iscsi",
                "portal=127.0.0.1:" + port));
        Tgt tgt = new Tgt(server, control, port);
        LoopbackPort.awaitListening(port, server);
        tgt.admin("--op", "new", "--mode", "target", "--tid", "1", "-T", TARGET);
        tgt.admin("--op", "bind", "--mode", "target", "--tid", "1", "-I", "ALL");
        return tgt;
    }

    /** Adds a unit of so many bytes, in a new file. */
    public Tgt unit(int lun, Path file, long bytes) throws IOException, InterruptedException {
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(bytes);
        }
        adminUnit("new", lun, "-b", file.toString());
        return this;
    }

    /** Makes a unit give back what initiators discard: holes in its file. Before an initiator asks what it can. */
    public Tgt thin(int lun) throws IOException, InterruptedException {
        adminUnit("update", lun, "--params", "thin_provisioning=1");
        return this;
    }

    /** Removes a unit, once its last command is done: before, tgtd refuses. */
    public void removeUnit(int lun) throws IOException, InterruptedException {
        long untilNs = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                adminUnit("delete", lun);
                return;
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("still active") || System.nanoTime() - untilNs > 0) {
                    throw e;
                }
            }
        }
    }

    /** Sets a parameter of the target, such as MaxRecvDataSegmentLength. */
    public Tgt set(String name, String value) throws IOException, InterruptedException {
        admin("--op", "update", "--mode", "target", "--tid", "1", "--name", name, "--value", value);
        return this;
    }

    /** The settings with which tgt is fast: large segments, data with the command. */
    public Tgt tuned() throws IOException, InterruptedException {
        return set("MaxRecvDataSegmentLength", "262144").set("InitialR2T", "No").set("FirstBurstLength", "262144");
    }

    private void adminUnit(String operation, int lun, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--op", operation, "--mode", "logicalunit", "--tid", "1", "--lun", Integer.toString(lun)));
        arguments.addAll(List.of(more));
        admin(arguments.toArray(String[]::new));
    }

    /** Runs tgtadm for this server. */
    public void admin(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Programs.require("tgtadm").toString(), "-C", Integer.toString(control), "--lld", "iscsi"));
        command.addAll(List.of(arguments));
        try (RunningProgram tgtadm = RunningProgram.start(command)) {
            int code = tgtadm.awaitExit(LIMIT);
            if (code != 0) {
                throw new IOException("tgtadm " + String.join(" ", arguments) + ": " + tgtadm.output());
            }
        }
    }

    public int port() {
        return port;
    }

    /** Where a unit is, without CHAP. */
    public String url(int lun) {
        return "iscsi://127.0.0.1:" + port + "/" + TARGET + "/" + lun;
    }

    /** Ends the server as a crash would. */
    public void kill() {
        server.process().destroyForcibly();
        server.process().onExit().join();
    }

    @Override
    public void close() {
        // tgtd ignores SIGTERM while it has targets.
        server.process().destroyForcibly();
        server.close();
    }
}
