package dev.tare.iscsi.target;

import dev.tare.iscsi.login.Credentials;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a target serves.
 *
 * @param name the target's IQN
 * @param credentials what an initiator must prove, and the target in turn when it is asked; null lets everybody in
 * @param address where it listens; port 0 for a free one; anything but loopback only with CHAP
 * @param mostConnections more are refused by closing them
 * @param loginLimit for each step of a login
 * @param idleLimit after so long without a word an initiator is asked whether it is there, and after as long again dropped
 */
public record TargetOptions(
        String name,
        @Nullable Credentials credentials,
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
        if (!address.getAddress().isLoopbackAddress() && credentials == null) {
            throw new IllegalArgumentException(
                    "target at " + address.getAddress().getHostAddress()
                            + ": expected CHAP user and secret beyond loopback, got none; give a CHAP file or bind to 127.0.0.1");
        }
        if (!name.matches("(iqn|eui|naa)\\.[a-z0-9.:-]{1,219}")) {
            throw new IllegalArgumentException(
                    "target name: expected iqn.yyyy-mm.domain[:name] in lower case, got \"" + name + "\"");
        }
    }

    /** With our limits. */
    public static TargetOptions of(String name, @Nullable Credentials credentials, InetSocketAddress address) {
        return new TargetOptions(
                name, credentials, address, MOST_CONNECTIONS, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
