package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first 32 bytes of every connection, from the client: 8 bytes magic, version, purpose, 16 bytes of its own.
 *
 * <p>Magic, version and the {@link Verdict} that answers keep their form in all versions, so that two versions can tell
 * each other that they differ.
 *
 * @param purpose why the connection was opened, a number because another version may know more purposes
 * @param nonce for {@link #SESSION} the client's own, for {@link #STREAM} the ticket that the session got
 */
public record Greeting(int version, int purpose, Nonce nonce) {
    /** What this build speaks; raised with every change of the messages. */
    public static final int VERSION = 3;

    /** A session: proofs of the token, then requests and replies. */
    public static final int SESSION = 1;
    /** A stream of a session: traffic and nothing else. */
    public static final int STREAM = 2;

    static final long MAGIC = 0x5441_5245_5045_4552L; // "TAREPEER"

    /** A greeting in this build's version. */
    public Greeting(int purpose, Nonce nonce) {
        this(VERSION, purpose, nonce);
    }

    /** Writes its 32 bytes. */
    public void write(DataOutput output) throws IOException {
        output.writeLong(MAGIC);
        output.writeInt(version);
        output.writeInt(purpose);
        nonce.write(output);
    }

    /**
     * Reads a greeting.
     *
     * @throws MalformedMessageException when this is no greeting of any version
     */
    public static Greeting read(DataInput input) throws IOException {
        long magic = input.readLong();
        if (magic != MAGIC) {
            throw new MalformedMessageException("a greeting", String.format("bytes %016x", magic));
        }
        int version = input.readInt();
        int purpose = input.readInt();
        return new Greeting(version, purpose, Nonce.read(input));
    }

    /** The same bytes, for a connection that carries no other messages. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.allocate(2 * Long.BYTES + Nonce.BYTES)
                .putLong(MAGIC)
                .putInt(version)
                .putInt(purpose)
                .putLong(nonce.high())
                .putLong(nonce.low())
                .flip();
    }
}
