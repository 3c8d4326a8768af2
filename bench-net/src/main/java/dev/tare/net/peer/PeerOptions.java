package dev.tare.net.peer;

import dev.tare.net.control.Token;
import java.net.InetAddress;
import java.util.function.Consumer;

/**
 * How a peer runs.
 *
 * @param bind the address it listens on; beyond loopback the token must be a secret
 * @param port TCP port, or 0 for any free one
 * @param token the secret that clients must have
 * @param limits what clients can take
 * @param journal takes one line for every client that comes, goes or is refused; called from the peer's threads
 */
public record PeerOptions(InetAddress bind, int port, Token token, PeerLimits limits, Consumer<String> journal) {
    /** Port of a peer when nobody says another. */
    public static final int STANDARD_PORT = 5210;

    private static final int LARGEST_PORT = 65_535;

    /** @throws IllegalArgumentException when everybody could reach the peer and no secret protects it */
    public PeerOptions {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "the peer's port must be from 0 (any) to " + LARGEST_PORT + ", got " + port);
        }
        if (!bind.isLoopbackAddress() && !token.isSecret()) {
            throw new IllegalArgumentException("a peer on " + bind.getHostAddress()
                    + " takes and sends data at full speed for whoever reaches it: expected a token file, got none; name"
                    + " one with --token-file, or bind to loopback");
        }
    }

    /** On a free port of an address of this machine's loopback, without a secret. */
    public static PeerOptions onLoopback(InetAddress loopback) {
        return new PeerOptions(loopback, 0, Token.none(), PeerLimits.standard(), line -> {});
    }
}
