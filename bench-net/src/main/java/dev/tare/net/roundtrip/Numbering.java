package dev.tare.net.roundtrip;

import dev.tare.net.stream.Pattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message that carries the number of its exchange in its first bytes, as many as it has, up to eight. */
final class Numbering {
    private final ByteBuffer message;
    private final int numberBytes;

    Numbering(int messageBytes) {
        this.message = Pattern.message(messageBytes).order(ByteOrder.LITTLE_ENDIAN);
        this.numberBytes = Math.min(messageBytes, Long.BYTES);
    }

    /** The message with a number, ready to be sent. */
    ByteBuffer numbered(long number) {
        if (numberBytes == Long.BYTES) {
            message.putLong(0, number);
        } else {
            for (int index = 0; index < numberBytes; index++) {
                message.put(index, (byte) (number >>> (index * Byte.SIZE)));
            }
        }
        return message.clear();
    }

    /** Whether a message that came carries the same number and ends alike. */
    boolean answeredBy(ByteBuffer response) {
        int last = message.capacity() - 1;
        if (response.get(last) != message.get(last)) {
            return false;
        }
        if (numberBytes == Long.BYTES) {
            return response.getLong(0) == message.getLong(0);
        }
        for (int index = 0; index < numberBytes; index++) {
            if (response.get(index) != message.get(index)) {
                return false;
            }
        }
        return true;
    }

    void verify(ByteBuffer response) throws IOException {
        int differs = message.clear().mismatch(response.clear().limit(message.capacity()));
        if (differs >= 0) {
            throw new IOException("the response differs from its request at byte " + differs + " of "
                    + message.capacity() + ": expected " + message.get(differs) + ", got " + response.get(differs)
                    + "; see what changes the traffic on the way");
        }
    }
}
