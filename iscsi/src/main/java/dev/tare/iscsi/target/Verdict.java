package dev.tare.iscsi.target;

import dev.tare.iscsi.scsi.Sense;
import java.nio.ByteBuffer;

/** What a command comes to. */
sealed interface Verdict {
    /** A small answer, from its first byte to the buffer's limit; empty for a command that moves no data. */
    record Answer(ByteBuffer data) implements Verdict {}

    /** Bytes of the disk that are to be sent or received. */
    record Transfer(boolean write, long at, int bytes, boolean durable) implements Verdict {}

    /** CHECK CONDITION. */
    record Refusal(Sense sense) implements Verdict {}

    static Verdict good() {
        return new Answer(ByteBuffer.allocate(0));
    }

    /** An answer cut to the allocation length of the command. */
    static Verdict data(byte[] bytes, int allocated) {
        return new Answer(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, Math.max(0, allocated)))
                .slice());
    }

    static Verdict refusal(Sense sense) {
        return new Refusal(sense);
    }
}
