package dev.tare.io.file;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.CallingThreadQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.io.file.OpenMode.Engine;
import dev.tare.io.linux.LinuxFile;
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
    private final boolean isWritten;
    private final Map<String, String> facts;
    private final Closeable last;

    /**
     * Takes over what is open.
     *
     * @param isWritten whether the file is open for writing
     * @param last what remains to be done when all else is closed
     */
    FileDevice(OpenFile file, long sizeBytes, boolean isWritten, Map<String, String> facts, Closeable last) {
        this.file = file;
        this.name = file.path().toString();
        this.sizeBytes = sizeBytes;
        this.isWritten = isWritten;
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
        Engine engine = file.mode().engine();
        if (file.usesKernel(depth)) {
            return depth == 1 && engine == Engine.AUTO
                    ? kernel().openCalls(blockBytes)
                    : kernel().openRing(depth, blockBytes);
        }
        Transfer transfer = engine == Engine.MMAP
                ? MappedFile.of(file.channel(), name, sizeBytes, isWritten, this::discard)
                : Transfer.of(file.channel(), name, this::discard);
        ByteBuffer[] buffers = Transfer.buffers(depth, blockBytes, file.alignBytes());
        return depth == 1
                ? new CallingThreadQueue(transfer.calls(buffers[0]), name)
                : ThreadQueue.start(transfer, name, buffers);
    }

    private void discard(long positionBytes, long bytes) throws IOException {
        kernel().discard(positionBytes, bytes);
    }

    private LinuxFile kernel() throws DeviceException {
        return file.kernel()
                .orElseThrow(() -> new DeviceException(
                        "system calls on " + name,
                        "a JVM that can make them",
                        LinuxFile.missing().orElse(""),
                        "start it on JDK 22 or newer"));
    }

    @Override
    public void close() throws IOException {
        try (last) {
            file.close();
        }
    }
}
