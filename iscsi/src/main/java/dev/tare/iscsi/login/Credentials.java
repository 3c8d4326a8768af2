package dev.tare.iscsi.login;

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

    /** Without the secret, because results and logs print it. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
