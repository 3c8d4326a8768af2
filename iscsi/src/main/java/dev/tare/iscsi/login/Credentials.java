package dev.tare.iscsi.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and secrets for CHAP.
 *
 * @param user name that the initiator shows
 * @param secret the initiator's proof
 * @param mutual what the target must show in turn, or null when the initiator does not ask
 */
public record Credentials(
        String user, String secret, @Nullable Mutual mutual) {
    /** RFC 7143, section 9.2.1, demands 96 bits of randomness where there is no IPsec. */
    private static final int LEAST_SECRET_LETTERS = 12;

    /**
     * What a target proves to the initiator.
     *
     * @param user name that the target shows
     * @param secret the target's proof; RFC 7143 demands that it differs from the initiator's
     */
    public record Mutual(String user, String secret) {
        @Override
        public String toString() {
            return "Mutual[" + user + "]";
        }
    }

    public Credentials {
        if (user.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException("CHAP: expected a user and a secret, got an empty one");
        }
        if (mutual != null && mutual.secret().equals(secret)) {
            throw new IllegalArgumentException(
                    "CHAP: expected different secrets for initiator and target (RFC 7143, 9.2.1), got the same: change one");
        }
    }

    /**
     * Reads a file with names and secrets, the same at both ends, so that no secret has to stand in a command line:
     *
     * <pre>
     * # what the initiator proves
     * initiator alice  correct-horse-battery
     * # what the target proves in turn; without this line CHAP is one-way
     * target    disk   another-long-secret
     * </pre>
     *
     * @throws IOException when it can't be read, has something else in it, or when others than its owner and group may
     *     read it; the message contains no secret
     */
    public static Credentials read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file with CHAP names and secrets");
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException(
                    "everybody on this machine can read the CHAP file " + file + "; close it with: chmod o= " + file);
        }
        Map<String, String[]> entries = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String[] words = line.strip().split("\\s+");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (words.length != 3
                    || !(words[0].equals("initiator") || words[0].equals("target"))
                    || entries.put(words[0], words) != null) {
                throw new IOException(file + ", line " + number
                        + ": expected \"initiator NAME SECRET\" once and \"target NAME SECRET\" at most once");
            }
            if (words[2].length() < LEAST_SECRET_LETTERS) {
                throw new IOException(file + ", line " + number + ": expected a secret of at least "
                        + LEAST_SECRET_LETTERS + " letters, got " + words[2].length());
            }
        }
        String[] initiator = entries.get("initiator");
        String[] target = entries.get("target");
        if (initiator == null) {
            throw new IOException(file + ": expected a line \"initiator NAME SECRET\", got none");
        }
        return new Credentials(
                initiator[1], initiator[2], target == null ? null : new Credentials.Mutual(target[1], target[2]));
    }

    /** Without the secret, because results and logs print it. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
