package dev.tare.iscsi.pdu;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC32C digest (RFC 7143, section 13.1) over pieces of buffers; on the wire its lowest byte comes first. */
final class Digest {
    static final int BYTES = 4;

    private final CRC32C crc = new CRC32C();

    /** Begins a new digest. */
    Digest start() {
        crc.reset();
        return this;
    }

    /** Adds the bytes from {@code from} to {@code to}; position and limit of the buffer are as before. */
    Digest add(ByteBuffer buffer, int from, int to) {
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(to).position(from);
        crc.update(buffer);
        buffer.limit(limit).position(position);
        return this;
    }

    /** Adds up to three bytes of padding. */
    Digest addZeros(int count) {
        for (int i = 0; i < count; i++) {
            crc.update(0);
        }
        return this;
    }

    /** The digest as a big-endian int shows it on the wire. */
    int onTheWire() {
        return Integer.reverseBytes((int) crc.getValue());
    }
}
