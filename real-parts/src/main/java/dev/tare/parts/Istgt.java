package dev.tare.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Debian's istgt on loopback, with a port of its own and three targets, each with a disk as LUN 0. Every login takes it a
 * second, in which it lets nobody else log in.
 */
public final class Istgt implements AutoCloseable {
    /** Lets everybody in, and takes digests from who offers them. */
    public static final String OPEN = "iqn.2026-01.dev.tare:open";

    /** Wants the user alice with the secret correct-horse. */
    public static final String CHAP = "iqn.2026-01.dev.tare:chap";

    /** The same; proves to be disk with the secret battery-staple in turn, and wants digests. */
    public static final String MUTUAL = "iqn.2026-01.dev.tare:mutual";

    /** Size of each disk. */
    public static final long SIZE_BYTES = 64 << 20;

    private static final String CONFIGURATION = """
            [Global]
              NodeBase "iqn.2026-01.dev.tare"
              PidFile %1$s/istgt.pid
              AuthFile %1$s/auth.conf
              LogFacility "local7"
              Timeout 30
              NopInInterval 20
              DiscoveryAuthMethod None
              MaxSessions 16
              MaxConnections 4
              FirstBurstLength 262144
              MaxBurstLength 1048576
              MaxRecvDataSegmentLength 262144
            [UnitControl]
              AuthMethod None
            [PortalGroup1]
              Portal DA1 127.0.0.1:%2$d
            [InitiatorGroup1]
              InitiatorName "ALL"
              Netmask 127.0.0.0/8
            [LogicalUnit1]
              TargetName open
              Mapping PortalGroup1 InitiatorGroup1
              AuthMethod None
              UseDigest Auto
              UnitType Disk
              QueueDepth 255
              LUN0 Storage %1$s/open.img 64MB
            [LogicalUnit2]
              TargetName chap
              Mapping PortalGroup1 InitiatorGroup1
              AuthMethod CHAP
              AuthGroup AuthGroup1
              UseDigest Auto
              UnitType Disk
              LUN0 Storage %1$s/chap.img 64MB
            [LogicalUnit3]
              TargetName mutual
              Mapping PortalGroup1 InitiatorGroup1
              AuthMethod CHAP Mutual
              AuthGroup AuthGroup2
              UseDigest Header Data
              UnitType Disk
              LUN0 Storage %1$s/mutual.img 64MB
            """;

    private static final String SECRETS = """
            [AuthGroup1]
              Auth "alice" "correct-horse"
            [AuthGroup2]
              Auth "alice" "correct-horse" "disk" "battery-staple"
            """;

    private final RunningProgram server;
    private final int port;

    private Istgt(RunningProgram server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts istgt with its disks in an empty folder. */
    public static Istgt start(Path folder) throws IOException {
        int port = LoopbackPort.free();
        Path secrets = Files.createFile(
                folder.resolve("auth.conf"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets, SECRETS);
        Path configuration = folder.resolve("istgt.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(folder, port));
        RunningProgram server = RunningProgram.start(
                List.of(Programs.require("istgt").toString(), "-c", configuration.toString(), "-D"));
        LoopbackPort.awaitListening(port, server);
        return new Istgt(server, port);
    }

    public int port() {
        return port;
    }

    /** Where the disk of a target is, without CHAP. */
    public String url(String target) {
        return "iscsi://127.0.0.1:" + port + "/" + target + "/0";
    }

    @Override
    public void close() {
        server.close();
    }
}
