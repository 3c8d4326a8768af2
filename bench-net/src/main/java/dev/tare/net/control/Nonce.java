package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** 16 bytes that nobody can guess: fresh for every proof and for every stream. */
public record Nonce(long high, long low) {
    static final int BYTES = 2 * Long.BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A fresh one, from the system's secure source. */
    public static Nonce random() {
        return new Nonce(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** Writes its 16 bytes. */
    public void write(DataOutput output) throws IOException {
        output.writeLong(high);
        output.writeLong(low);
    }

    /** Reads 16 bytes. */
    public static Nonce read(DataInput input) throws IOException {
        return new Nonce(input.readLong(), input.readLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }
}
