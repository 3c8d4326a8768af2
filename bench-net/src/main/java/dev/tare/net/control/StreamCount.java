package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one stream has moved at the peer's end since it was opened.
 *
 * @param bytes received by a sink, sent by a source or an echo
 * @param sendBufferBytes what the kernel granted as send buffer
 * @param receiveBufferBytes what the kernel granted as receive buffer
 */
public record StreamCount(long bytes, int sendBufferBytes, int receiveBufferBytes) {
    void write(DataOutput output) throws IOException {
        output.writeLong(bytes);
        output.writeInt(sendBufferBytes);
        output.writeInt(receiveBufferBytes);
    }

    static StreamCount read(DataInput input) throws IOException {
        return new StreamCount(input.readLong(), input.readInt(), input.readInt());
    }
}
