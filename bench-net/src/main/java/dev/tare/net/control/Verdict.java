package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The peer's answer to a greeting or a proof: 8 bytes magic, version, and the words of a refusal, empty when accepted.
 *
 * @param refusal at most 1,000 characters
 */
public record Verdict(int version, String refusal) {
    private static final int LONGEST_REFUSAL = 1000;

    /** Goes on. */
    public static Verdict accepted() {
        return new Verdict(Greeting.VERSION, "");
    }

    /** Ends here; words beyond 1,000 characters are cut off. */
    public static Verdict refused(String words) {
        return new Verdict(Greeting.VERSION, words.substring(0, Math.min(words.length(), LONGEST_REFUSAL)));
    }

    /** Writes magic, version and words. */
    public void write(DataOutput output) throws IOException {
        output.writeLong(Greeting.MAGIC);
        output.writeInt(version);
        output.writeUTF(refusal);
    }

    /**
     * Reads a verdict.
     *
     * @throws MalformedMessageException when this is no verdict of any version
     */
    public static Verdict read(DataInput input) throws IOException {
        long magic = input.readLong();
        if (magic != Greeting.MAGIC) {
            throw new MalformedMessageException("the answer to a greeting", String.format("bytes %016x", magic));
        }
        return new Verdict(input.readInt(), input.readUTF());
    }

    /**
     * Does nothing when accepted.
     *
     * @throws RefusedException with the peer's words when this is a refusal
     */
    public void orThrow() throws RefusedException {
        if (!refusal.isEmpty()) {
            throw new RefusedException(refusal);
        }
    }
}
