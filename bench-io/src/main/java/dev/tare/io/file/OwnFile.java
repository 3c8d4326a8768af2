package dev.tare.io.file;

import com.sun.nio.file.ExtendedOpenOption;
import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A file that a benchmark makes for itself in a folder and deletes again. */
public final class OwnFile implements BlockDevice {
    private final Path path;
    private final FileDevice device;

    private OwnFile(Path path, FileDevice device) {
        this.path = path;
        this.device = device;
    }

    /**
     * Makes an empty file that blocks are to be written to.
     *
     * @param direct whether to go around the page cache; where a real transfer shows that the file system does not
     *     allow it, the file is opened without, and the fact {@code direct} says so
     * @throws DeviceException when the folder has not got the space
     */
    public static OwnFile create(Path folder, long sizeBytes, boolean direct) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < sizeBytes) {
            throw new DeviceException(
                    "space in " + folder,
                    sizeBytes + " bytes",
                    usable + " bytes",
                    "choose a smaller sizeBytes or another target");
        }
        Path path = folder.resolve("tare-io-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".bench");
        int align = (int) Files.getFileStore(folder).getBlockSize();
        FileChannel channel = FileChannel.open(path, options(direct));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("target", path.toString());
        if (direct) {
            try {
                ByteBuffer probe = AlignedBuffers.allocate(1, align, align)[0];
                Transfer.write(channel, path.toString(), probe, 0);
                Transfer.read(channel, path.toString(), probe, 0);
                facts.put("direct", "yes");
            } catch (DeviceException e) {
                channel.close();
                channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
                facts.put("direct", "no, refused: " + e.getMessage());
            }
        } else {
            facts.put("direct", "no, as asked: the page cache is measured");
        }
        return new OwnFile(path, new FileDevice(channel, path.toString(), sizeBytes, align, facts));
    }

    private static Set<OpenOption> options(boolean direct) {
        return direct
                ? Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        ExtendedOpenOption.DIRECT)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public long sizeBytes() {
        return device.sizeBytes();
    }

    @Override
    public int alignBytes() {
        return device.alignBytes();
    }

    @Override
    public Map<String, String> facts() {
        return device.facts();
    }

    @Override
    public BlockQueue openQueue(int depth, int blockBytes) {
        return device.openQueue(depth, blockBytes);
    }

    @Override
    public void close() throws IOException {
        try {
            device.close();
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
