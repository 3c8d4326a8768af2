package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one stream has moved at the peer's end since it was opened.
 *
 * @param total bytes that a sink received, a source sent or an echo returned; datagrams received; connections accepted
 * @param lost datagrams whose number was passed over and did not come later
 * @param reordered datagrams that came after one with a higher number
 * @param jitterUs mean deviation of the datagrams' travel times, smoothed after RFC 3550
 * @param sendBufferBytes what the kernel granted as send buffer
 * @param receiveBufferBytes what the kernel granted as receive buffer
 */
public record StreamCount(
        long total, long lost, long reordered, double jitterUs, int sendBufferBytes, int receiveBufferBytes) {
    void write(DataOutput output) throws IOException {
        output.writeLong(total);
        output.writeLong(lost);
        output.writeLong(reordered);
        output.writeDouble(jitterUs);
        output.writeInt(sendBufferBytes);
        output.writeInt(receiveBufferBytes);
    }

    static StreamCount read(DataInput input) throws IOException {
        return new StreamCount(
                input.readLong(),
                input.readLong(),
                input.readLong(),
                input.readDouble(),
                input.readInt(),
                input.readInt());
    }
}
