package dev.tare.iscsi.pdu;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes the PDUs that {@link PduReceiver} cuts from the stream. */
public interface PduSink {
    /**
     * Says where a data segment goes.
     *
     * @return a buffer with at least {@code header.dataBytes()} remaining, which is filled from its position on; or null
     *     for a buffer of the receiver's own
     * @throws IOException when a PDU like this must not come now
     */
    @Nullable
    ByteBuffer destination(Header header) throws IOException;

    /**
     * Takes a complete PDU, its digests checked.
     *
     * @param data what {@link #destination} returned, behind the data now; or a buffer of the receiver's that holds exactly
     *     the data and is reused after this call
     */
    void take(Header header, ByteBuffer data) throws IOException;
}
