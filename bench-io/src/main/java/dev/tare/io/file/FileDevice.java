package dev.tare.io.file;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.CallingThreadQueue;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file or raw device as a block device. */
final class FileDevice implements BlockDevice {
    private final OpenFile file;
    private final String name;
    private final long sizeBytes;
    private final Map<String, String> facts;
    private final Closeable last;

    /**
     * Takes over what is open.
     *
     * @param last what remains to be done when all else is closed
     */
    FileDevice(OpenFile file, long sizeBytes, Map<String, String> facts, Closeable last) {
        this.file = file;
        this.name = file.path().toString();
        this.sizeBytes = sizeBytes;
        this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        this.last = last;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int alignBytes() {
        return file.alignBytes();
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public BlockQueue openQueue(int depth, int blockBytes) throws IOException {
        if (file.kernel().isPresent() && file.kernel().get().serves(depth)) {
            return file.kernel().get().openQueue(depth, blockBytes);
        }
        Transfer transfer = Transfer.of(file.channel(), name);
        ByteBuffer[] buffers = Transfer.buffers(depth, blockBytes, file.alignBytes());
        return depth == 1
                ? new CallingThreadQueue(transfer.calls(buffers[0]), name)
                : ThreadQueue.start(transfer, name, buffers);
    }

    @Override
    public void close() throws IOException {
        try (last) {
            file.close();
        }
    }
}
