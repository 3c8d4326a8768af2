package dev.tare.io.file;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An open file or raw device. */
final class FileDevice implements BlockDevice {
    private final FileChannel channel;
    private final String name;
    private final long sizeBytes;
    private final int alignBytes;
    private final Map<String, String> facts;

    FileDevice(FileChannel channel, String name, long sizeBytes, int alignBytes, Map<String, String> facts) {
        this.channel = channel;
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.alignBytes = alignBytes;
        this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int alignBytes() {
        return alignBytes;
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public BlockQueue openQueue(int depth, int blockBytes) {
        ByteBuffer[] buffers = AlignedBuffers.allocate(depth, blockBytes, alignBytes);
        return depth == 1 ? new CallingThreadQueue(channel, name, buffers[0]) : new ThreadQueue(channel, name, buffers);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
