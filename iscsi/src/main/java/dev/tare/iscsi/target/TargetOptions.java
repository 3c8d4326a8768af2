package dev.tare.iscsi.target;

import dev.tare.iscsi.login.TargetIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a target serves.
 *
 * @param address where it listens; port 0 for a free one; anything but loopback only with CHAP
 * @param mostConnections more are refused by closing them
 * @param loginLimit for each step of a login
 * @param idleLimit after so long without a word an initiator is asked whether it is there, and after as long again dropped
 */
public record TargetOptions(
        TargetIdentity identity,
        InetSocketAddress address,
        int mostConnections,
        Duration loginLimit,
        Duration idleLimit) {
    /** The name of our target unless told otherwise. */
    public static final String NAME = "iqn.2026-01.dev.tare:disk";

    /** The port that IANA gave to iSCSI. */
    public static final int DEFAULT_PORT = 3260;

    private static final int MOST_CONNECTIONS = 256;

    public TargetOptions {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("target: no address for host " + address.getHostString() + ": check it");
        }
        if (!address.getAddress().isLoopbackAddress() && identity.credentials() == null) {
            throw new IllegalArgumentException(
                    "target at " + address.getAddress().getHostAddress()
                            + ": expected CHAP user and secret beyond loopback, got none; give a CHAP file or bind to 127.0.0.1");
        }
        if (!identity.name().matches("(iqn|eui|naa)\\.[a-z0-9.:-]{1,219}")) {
            throw new IllegalArgumentException(
                    "target name: expected iqn.yyyy-mm.domain[:name] in lower case, got \"" + identity.name() + "\"");
        }
    }

    /** With our limits. */
    public static TargetOptions of(TargetIdentity identity, InetSocketAddress address) {
        return new TargetOptions(identity, address, MOST_CONNECTIONS, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
