package dev.tare.io.file;

import dev.tare.io.device.BlockCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The positional calls of a {@link FileChannel}. */
record ChannelCalls(FileChannel channel, String name, ByteBuffer buffer) implements BlockCalls {
    @Override
    public void read(long positionBytes) throws IOException {
        Transfer.read(channel, name, buffer, positionBytes);
    }

    @Override
    public void write(long positionBytes) throws IOException {
        Transfer.write(channel, name, buffer, positionBytes);
    }

    @Override
    public void flush() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() {
        // The channel is the device's, and the buffer goes with its last reference.
    }
}
