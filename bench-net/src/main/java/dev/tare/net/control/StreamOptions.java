package dev.tare.net.control;

import dev.tare.net.stream.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How a stream is set up; both ends do the same.
 *
 * @param messageBytes from 1 to {@link Window#LARGEST_MESSAGE_BYTES}
 * @param socketBufferBytes what the kernel is asked for as send and receive buffer, or {@link #KERNEL_CHOOSES}
 * @param noDelay whether small segments are sent at once (TCP_NODELAY)
 */
public record StreamOptions(int messageBytes, int socketBufferBytes, boolean noDelay) {
    /** Value of {@code socketBufferBytes} that asks for nothing. */
    public static final int KERNEL_CHOOSES = 0;

    private static final int LARGEST_SOCKET_BUFFER_BYTES = 1 << 30;

    /** @throws IllegalArgumentException when a number is out of range: the range, and what came */
    public StreamOptions {
        if (messageBytes < 1 || messageBytes > Window.LARGEST_MESSAGE_BYTES) {
            throw new IllegalArgumentException("messageBytes must be from 1 to " + Window.LARGEST_MESSAGE_BYTES
                    + " (64 MiB), got " + messageBytes);
        }
        if (socketBufferBytes < 0 || socketBufferBytes > LARGEST_SOCKET_BUFFER_BYTES) {
            throw new IllegalArgumentException("socketBufferBytes must be from 1 to " + LARGEST_SOCKET_BUFFER_BYTES
                    + " (1 GiB), or 0 for the kernel's choice, got " + socketBufferBytes);
        }
    }

    void write(DataOutput output) throws IOException {
        output.writeInt(messageBytes);
        output.writeInt(socketBufferBytes);
        output.writeBoolean(noDelay);
    }

    static StreamOptions read(DataInput input) throws IOException {
        try {
            return new StreamOptions(input.readInt(), input.readInt(), input.readBoolean());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("options of a stream", String.valueOf(e.getMessage()));
        }
    }
}
