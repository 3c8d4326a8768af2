package dev.tare.net.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How this machine's TCP decides how fast it sends. */
public final class CongestionControl {
    private static final Path DEFAULT = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

    private CongestionControl() {}

    /**
     * What Linux gives to a connection of either address family for which neither program nor route has chosen another,
     * such as {@code cubic} or {@code bbr}; empty on other systems.
     */
    public static Optional<String> systemDefault() {
        if (!Files.isReadable(DEFAULT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(DEFAULT).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
