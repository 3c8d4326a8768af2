package dev.tare.io.file;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.CallingThreadQueue;
import dev.tare.io.kernel.KernelFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An open file or raw device. */
final class FileDevice implements BlockDevice {
    private final FileChannel channel;
    private final Optional<KernelFile> kernel;
    private final String name;
    private final long sizeBytes;
    private final int alignBytes;
    private final Map<String, String> facts;
    private final Closeable last;

    /**
     * Takes over what is open.
     *
     * @param last what remains to be done when all else is closed
     */
    FileDevice(OpenFile file, long sizeBytes, Map<String, String> facts, Closeable last) {
        this.channel = file.channel();
        this.kernel = file.kernel();
        this.name = file.path().toString();
        this.sizeBytes = sizeBytes;
        this.alignBytes = file.alignBytes();
        this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        this.last = last;
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
    public BlockQueue openQueue(int depth, int blockBytes) throws IOException {
        if (kernel.isPresent() && kernel.get().serves(depth)) {
            return kernel.get().openQueue(depth, blockBytes);
        }
        ByteBuffer[] buffers = AlignedBuffers.allocate(depth, blockBytes, alignBytes);
        return depth == 1
                ? new CallingThreadQueue(new ChannelCalls(channel, name, buffers[0]), name)
                : new ThreadQueue(channel, name, buffers);
    }

    @Override
    public void close() throws IOException {
        try (last;
                channel) {
            if (kernel.isPresent()) {
                kernel.get().close();
            }
        }
    }
}
