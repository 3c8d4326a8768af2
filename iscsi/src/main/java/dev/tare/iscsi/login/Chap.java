package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The arithmetic of CHAP with MD5 (RFC 1994, RFC 7143 section 12.1.3): both sides compute it. */
final class Chap {
    /** The number of MD5 in CHAP_A: the one algorithm that every implementation has. */
    static final String MD5 = "5";

    private static final int CHALLENGE_BYTES = 16;
    private static final int MOST_CHALLENGE_BYTES = 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Chap() {}

    /** A challenge that nobody can foresee. */
    static byte[] newChallenge() {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        RANDOM.nextBytes(challenge);
        return challenge;
    }

    static int newIdentifier() {
        return RANDOM.nextInt(256);
    }

    /** The proof that the secret is known: MD5 of identifier, secret and challenge. */
    static byte[] response(int identifier, String secret, byte[] challenge) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) identifier);
            md5.update(secret.getBytes(StandardCharsets.UTF_8));
            return md5.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no MD5, which iSCSI's CHAP needs", e);
        }
    }

    static boolean isResponse(byte[] got, int identifier, String secret, byte[] challenge) {
        return MessageDigest.isEqual(got, response(identifier, secret, challenge));
    }

    static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** Reads a binary value: hexadecimal after 0x or base 64 after 0b (RFC 7143, section 6.1). */
    static byte[] binary(String key, String value) throws ProtocolViolation {
        if (value.length() > 2 * MOST_CHALLENGE_BYTES + 2) {
            throw ProtocolViolation.expected(
                    key + " of at most " + MOST_CHALLENGE_BYTES + " bytes", value.length() + " letters");
        }
        try {
            if (value.startsWith("0x") || value.startsWith("0X")) {
                String digits = value.substring(2);
                return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
            }
            if (value.startsWith("0b") || value.startsWith("0B")) {
                return Base64.getDecoder().decode(value.substring(2));
            }
        } catch (IllegalArgumentException e) {
            throw ProtocolViolation.expected(key + "=0x... or 0b...", TextKeys.printable(value));
        }
        throw ProtocolViolation.expected(key + "=0x... or 0b...", TextKeys.printable(value));
    }

    static int identifier(String value) throws ProtocolViolation {
        return TextKeys.number("CHAP_I", value, 0, 255);
    }
}
