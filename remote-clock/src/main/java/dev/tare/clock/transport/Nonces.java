package dev.tare.clock.transport;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Unguessable 64-bit numbers, drawn by the hundred: one by one they would cost more than the exchange they protect. */
final class Nonces {
    private static final int DRAWN_AT_ONCE = 512;

    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[DRAWN_AT_ONCE * Long.BYTES];
    private final ByteBuffer drawn = ByteBuffer.wrap(bytes).limit(0);

    /** Never zero, which many senders would put there by accident. */
    long next() {
        while (true) {
            if (!drawn.hasRemaining()) {
                random.nextBytes(bytes);
                drawn.clear();
            }
            long nonce = drawn.getLong();
            if (nonce != 0) {
                return nonce;
            }
        }
    }
}
