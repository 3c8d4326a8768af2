package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.MachineFiles;
import dev.tare.parts.LoopDevice;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers of the packaged jar, and runs that use them. */
final class ServicesIT {
    /** 128 + SIGTERM. */
    private static final int TERMINATED = 143;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern PORT = Pattern.compile("port (\\d+)");
    private static final Pattern DISK_BYTES = Pattern.compile("LUN 0 of (\\d+) bytes");

    @TempDir
    Path folder;

    private BenchmarksJar jar;

    @BeforeEach
    void startInAFolderOfItsOwn() {
        jar = new BenchmarksJar(folder);
    }

    @Test
    @RequiresProgram(value = "chronyd", debianPackage = "chrony")
    void theClockAnswersAnNtpClientAndCountsItsRequests() throws Exception {
        try (RunningProgram clock = jar.start("clock", "--port", "0", "--stats")) {
            String port = clock.awaitLine(PORT).group(1);
            sendShortDatagram(Integer.parseInt(port));
            // -Q asks once, prints how far this machine's clock is off, and sets nothing.
            String server = "server 127.0.0.1 port " + port + " iburst maxsamples 1";
            assertThat(output(Programs.require("chronyd").toString(), "-Q", "-t", "20", "-f", "/dev/null", server))
                    .containsPattern("System clock wrong by -?0\\.\\d+ seconds");

            clock.terminate();

            assertThat(clock.awaitExit(LIMIT)).isEqualTo(TERMINATED);
            assertThat(clock.output())
                    .containsPattern(
                            "requests [1-9]\\d*, answers [1-9]\\d*, dropped 1 \\(length 1, mode 0, .*\\), TCP connections 0");
        }
    }

    @Test
    void aRunMeasuresWithTheClockItIsGiven() throws Exception {
        // The clock may be wrong by 1 % of an iteration: of six seconds, so that a machine may stall for some 60 ms.
        Path profile = Files.writeString(
                folder.resolve("short.profile"), "LuSolveBench.ejml -p order=10 -f 1 -wi 1 -w 1 -i 2 -r 6\n");
        try (RunningProgram clock = jar.start("clock", "--port", "0")) {
            String port = clock.awaitLine(PORT).group(1);

            jar.run("run", profile.toString(), "--out", "run", "--clock", "127.0.0.1:" + port)
                    .exits(0);
        }
        assertThat(folder.resolve("run/journal.jsonl")).content().contains("remote");
    }

    @Test
    void theLocalClockIsAuditedAgainstTheServer() throws Exception {
        try (RunningProgram clock = jar.start("clock", "--port", "0")) {
            String port = clock.awaitLine(PORT).group(1);

            jar.run("inspect", "--clock", "127.0.0.1:" + port, "--seconds", "2", "--json")
                    .exits(0)
                    .prints("\"ratePpm\"")
                    .prints("\"verdict\"");
        }
        jar.run("inspect", "--clock", "127.0.0.1:9", "--seconds", "2").exits(3).prints("127.0.0.1:9");
        jar.run("inspect", "--clock", "nowhere", "--seconds", "2").exits(2).prints("--clock");
    }

    @Test
    void aRunWhoseClockCannotBeReachedEndsBeforeItMeasures() throws Exception {
        jar.run("run", "smoke", "--only", "LuSolve", "--out", "run", "--clock", "127.0.0.1:9")
                .exits(3)
                .prints("127.0.0.1:9");
    }

    @Test
    @RequiresProgram(value = "taskset", debianPackage = "util-linux")
    void thePeerServesTheNetworkBenchmarksFromTheProcessorsThatItIsGiven() throws Exception {
        String first = allowed("proc/self").split("[-,]", -1)[0];
        try (RunningProgram peer = jar.start("peer", "--port", "0", "--cpus", first)) {
            String port = peer.awaitLine(PORT).group(1);
            String tasks = "proc/" + peer.process().pid() + "/task";
            assertThat(MachineFiles.ofThisMachine().names(tasks))
                    .hasSizeGreaterThan(1)
                    // A thread of the compiler may end meanwhile.
                    .allSatisfy(task -> assertThat(allowed(tasks + "/" + task)).isIn(first, ""));

            jar.run(
                            "SocketBench.send",
                            "-p",
                            "peer=127.0.0.1:" + port,
                            "-p",
                            "messageBytes=4096",
                            "-f",
                            "1",
                            "-wi",
                            "0",
                            "-i",
                            "1",
                            "-r",
                            "100ms")
                    .exits(0)
                    .prints("bandwidthMBps");

            peer.terminate();
            assertThat(peer.awaitExit(LIMIT)).isEqualTo(TERMINATED);
            assertThat(peer.output()).contains("on processors " + first, "clients served 1, refused 0");
        }
    }

    @Test
    @RequiresProgram(value = "iscsi-ls", debianPackage = "libiscsi-bin")
    void theTargetShowsItsDiskAndKeepsTheImage() throws Exception {
        Path image = folder.resolve("disk.img");
        try (RunningProgram target = jar.start("target", "--port", "0", "--file", image.toString(), "--size", "4m")) {
            String port = target.awaitLine(PORT).group(1);

            assertThat(output(Programs.require("iscsi-ls").toString(), "-s", "iscsi://127.0.0.1:" + port))
                    .contains("iqn.2026-01.dev.tare:disk");

            target.terminate();
            assertThat(target.awaitExit(LIMIT)).isEqualTo(TERMINATED);
        }
        assertThat(Files.size(image)).isEqualTo(4 << 20);
    }

    @Test
    @RequiresRoot
    @RequiresProgram(value = "losetup", debianPackage = "mount")
    void aDeviceThatCarriesSomethingIsServedOnlyWithLeave() throws Exception {
        Path image = folder.resolve("disk.img");
        byte[] content = new byte[4 << 20];
        byte[] mark = "LABELONE".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mark, 0, content, 512, mark.length);
        Files.write(image, content);
        try (LoopDevice device = LoopDevice.of(image)) {
            jar.run("target", "--port", "0", "--file", device.path())
                    .exits(3)
                    .prints("it carries an LVM volume")
                    .prints("run wipefs on it or say --overwrite");

            try (RunningProgram target = jar.start("target", "--port", "0", "--file", device.path(), "--overwrite")) {
                assertThat(target.awaitLine(DISK_BYTES).group(1)).isEqualTo(Integer.toString(content.length));

                target.terminate();
                assertThat(target.awaitExit(LIMIT)).isEqualTo(TERMINATED);
            }
        }
        assertThat(image).hasBinaryContent(content);
    }

    @Test
    @RequiresRoot
    @RequiresProgram(value = "losetup", debianPackage = "mount")
    @RequiresProgram(value = "mkfs.ext4", debianPackage = "e2fsprogs")
    void aDeviceInUseIsNeverServed() throws Exception {
        Path image = Files.write(folder.resolve("disk.img"), new byte[8 << 20]);
        Path point = Files.createDirectory(folder.resolve("point"));
        try (LoopDevice device = LoopDevice.of(image)) {
            output("mkfs.ext4", "-q", device.path());
            output("mount", device.path(), point.toString());
            try {
                jar.run("target", "--port", "0", "--file", device.path(), "--overwrite")
                        .exits(3)
                        .prints("expected an unused one, got it is mounted at " + point)
                        .prints("nothing was written; if it really may be destroyed, free it");
            } finally {
                output("umount", point.toString());
            }
        }
    }

    @Test
    void serversBeyondLoopbackWantASecret() throws Exception {
        jar.run("peer", "--bind", "0.0.0.0", "--port", "0").exits(2).prints("--token-file");
        jar.run("peer", "--port", "0", "--cpus", "999999")
                .exits(2)
                .prints("--cpus: expected processors that this process may use");
        jar.run("peer", "--vsock", "any:5210")
                .exits(2)
                .prints(Runtime.version().feature() < 22 ? "use JDK 22 or newer" : "--token-file");
        jar.run("target", "--bind", "0.0.0.0", "--port", "0").exits(2).prints("CHAP");
        jar.run("clock", "--port", "70000").exits(2).prints("expected a port of 0 to 65535");
        jar.run("target", "--size", "much").exits(2).prints("--size");
    }

    @Test
    void aFileThatTheTargetCannotOpenIsNamedWithItsOption() throws Exception {
        jar.run("target", "--chap-file", "absent")
                .exits(3)
                .prints("got absent: no such file with CHAP names and secrets; check --file");
        jar.run("target", "--port", "0", "--file", "no/such/disk.img")
                .exits(3)
                .prints("no/such/disk.img: no such file; check --file");
    }

    private static String allowed(String task) {
        return MachineFiles.ofThisMachine()
                .text(task + "/status")
                .flatMap(status -> status.lines()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst())
                .orElse("");
    }

    private static void sendShortDatagram(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[10], 10, InetAddress.getLoopbackAddress(), port));
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        try (RunningProgram program = RunningProgram.start(List.of(command))) {
            program.awaitExit(LIMIT);
            return program.output();
        }
    }
}
