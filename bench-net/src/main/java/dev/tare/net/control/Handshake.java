package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * The first messages of a connection.
 *
 * <p>Magic, version and verdict keep their form in all versions, so that two versions can tell each other that they differ.
 */
public final class Handshake {
    /** What this build speaks; raised with every change of the messages. */
    public static final int VERSION = 5;

    private static final long MAGIC = 0x5441_5245_5045_4552L; // "TAREPEER"

    private Handshake() {}

    /**
     * The first 32 bytes of every connection, from the client: 8 bytes magic, version, purpose, 16 bytes of its own.
     *
     * @param purpose why the connection was opened, a number because another version may know more purposes
     * @param nonce for {@link #SESSION} the client's own, for {@link #STREAM} the ticket that the session got
     */
    public record Greeting(int version, int purpose, Nonce nonce) {
        /** A session: proofs of the token, then requests and replies. */
        public static final int SESSION = 1;
        /** A stream of a session: traffic and nothing else. */
        public static final int STREAM = 2;

        /** A greeting in this build's version. */
        public Greeting(int purpose, Nonce nonce) {
            this(VERSION, purpose, nonce);
        }

        /** Its 32 bytes. */
        public ByteBuffer toBuffer() {
            return ByteBuffer.allocate(2 * Long.BYTES + Nonce.BYTES)
                    .putLong(MAGIC)
                    .putInt(version)
                    .putInt(purpose)
                    .putLong(nonce.high())
                    .putLong(nonce.low())
                    .flip();
        }

        /** Writes its 32 bytes. */
        public void write(DataOutput output) throws IOException {
            output.write(toBuffer().array());
        }

        /**
         * Reads a greeting.
         *
         * @throws ProtocolException when this is no greeting of any version
         */
        public static Greeting read(DataInput input) throws IOException {
            requireMagic(input.readLong(), "a greeting");
            int version = input.readInt();
            int purpose = input.readInt();
            return new Greeting(version, purpose, Nonce.read(input));
        }
    }

    /**
     * The peer's answer to a greeting or a proof: 8 bytes magic, version, and the words of a refusal, empty when accepted.
     *
     * @param refusal at most 1,000 characters
     */
    public record Verdict(int version, String refusal) {
        private static final int LONGEST_REFUSAL = 1000;

        /** Goes on. */
        public static Verdict accepted() {
            return new Verdict(VERSION, "");
        }

        /** Ends here; words beyond 1,000 characters are cut off. */
        public static Verdict refused(String words) {
            return new Verdict(VERSION, words.substring(0, Math.min(words.length(), LONGEST_REFUSAL)));
        }

        /** Writes magic, version and words. */
        public void write(DataOutput output) throws IOException {
            output.writeLong(MAGIC);
            output.writeInt(version);
            output.writeUTF(refusal);
        }

        /**
         * Reads a verdict.
         *
         * @throws ProtocolException when this is no verdict of any version
         */
        public static Verdict read(DataInput input) throws IOException {
            requireMagic(input.readLong(), "the answer to a greeting");
            return new Verdict(input.readInt(), input.readUTF());
        }

        /**
         * Does nothing when accepted.
         *
         * @throws IOException with the peer's words when this is a refusal
         */
        public void orThrow() throws IOException {
            if (!refusal.isEmpty()) {
                throw new IOException("the peer says: " + refusal);
            }
        }
    }

    /** The failure of a read that came upon bytes which are no message of the protocol. */
    static ProtocolException malformed(String expected, String got) {
        return new ProtocolException("not what a peer of this kind says: expected " + expected + ", got " + got);
    }

    private static void requireMagic(long magic, String expected) throws ProtocolException {
        if (magic != MAGIC) {
            throw malformed(expected, String.format("bytes %016x", magic));
        }
    }
}
