package dev.tare.campaign.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The campaign's secret in a file that only its owner can read, as the network benchmarks and their peers want it. Always at
 * the same place, because the place is a parameter of what is measured.
 */
public final class PeerToken {
    private final Path file;
    private final String token;

    /** A secret in a file below {@code folder}. */
    public PeerToken(Path folder, String token) {
        this.file = folder.resolve("tare-" + System.getProperty("user.name", "nobody") + "-peer-token");
        this.token = token;
    }

    /** The file, written anew: another agent of this host may have ended and removed it. */
    public Path write() throws IOException {
        Path part = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "tare-token",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, token + "\n");
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the file. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
