package dev.tare.net.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that client and peer share. It never crosses the wire: each side proves that it has it by an HMAC-SHA256
 * over both sides' nonces.
 */
public final class Token {
    /** Who proves. A client's proof is worthless as a peer's, so that neither can be reflected. */
    public enum Side {
        CLIENT,
        PEER;

        private byte[] label() {
            return name().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Length of a proof. */
    public static final int PROOF_BYTES = 32;

    private static final int SHORTEST_BYTES = 16;
    private static final int LONGEST_BYTES = 4096;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final boolean secret;

    private Token(byte[] token, boolean secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("tare peer token".getBytes(StandardCharsets.US_ASCII));
            this.key = new SecretKeySpec(digest.digest(token), ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which every JVM must have", e);
        }
        this.secret = secret;
    }

    /** No secret, for a peer on loopback: anybody on this machine can prove it. */
    public static Token none() {
        return new Token(new byte[0], false);
    }

    /**
     * Reads a token from a file; white space around it is dropped.
     *
     * @throws IOException when it cannot be read, is shorter than 16 or longer than 4096 bytes, or when others than its
     *     owner and group may read it
     */
    public static Token read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(
                    file + ": no such token file; make one with: (umask 077; head -c 32 /dev/urandom" + " | base64 > "
                            + file + ")");
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException(
                    "everybody on this machine can read the token file " + file + "; close it with: chmod o= " + file);
        }
        long size = Files.size(file);
        if (size > LONGEST_BYTES) {
            throw new IOException(lengthMessage(file, size));
        }
        byte[] token =
                Files.readString(file, StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
        if (token.length < SHORTEST_BYTES) {
            throw new IOException(lengthMessage(file, token.length));
        }
        return new Token(token, true);
    }

    /** False for {@link #none()}. */
    public boolean isSecret() {
        return secret;
    }

    /** Proof of one side over both nonces, {@link #PROOF_BYTES} long. */
    public byte[] proof(Side side, Nonce clientNonce, Nonce peerNonce) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(side.label());
            mac.update(clientNonce.bytes());
            mac.update(peerNonce.bytes());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM + ", which every JVM must have", e);
        }
    }

    /** Compares in a time that does not depend on where the proofs differ. */
    public boolean proves(Side side, Nonce clientNonce, Nonce peerNonce, byte[] proof) {
        return MessageDigest.isEqual(proof(side, clientNonce, peerNonce), proof);
    }

    private static String lengthMessage(Path file, long got) {
        return "the token in " + file + " must have " + SHORTEST_BYTES + " to " + LONGEST_BYTES + " bytes, got " + got
                + "; make one with: head -c 32 /dev/urandom | base64";
    }
}
