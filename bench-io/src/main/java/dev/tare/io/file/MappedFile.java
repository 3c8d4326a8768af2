package dev.tare.io.file;

import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;

/** Moves bytes by copying them to and from a mapping of the file, in windows because a buffer ends at 2 GiB. */
final class MappedFile implements Transfer {
    private static final int WINDOW_BITS = 30;
    private static final int WINDOW_BYTES = 1 << WINDOW_BITS;

    private final String name;
    private final List<MappedByteBuffer> windows;
    private final Discarding discarding;

    private MappedFile(String name, List<MappedByteBuffer> windows, Discarding discarding) {
        this.name = name;
        this.windows = windows;
        this.discarding = discarding;
    }

    /** Maps the first bytes of a file; one that is written to and shorter becomes so long. */
    static MappedFile of(FileChannel channel, String name, long bytes, boolean write, Discarding discarding)
            throws IOException {
        List<MappedByteBuffer> windows = new ArrayList<>();
        for (long at = 0; at < bytes; at += WINDOW_BYTES) {
            windows.add(channel.map(
                    write ? MapMode.READ_WRITE : MapMode.READ_ONLY, at, Math.min(WINDOW_BYTES, bytes - at)));
        }
        return new MappedFile(name, windows, discarding);
    }

    @Override
    public void read(ByteBuffer buffer, long positionBytes, int bytes) throws IOException {
        move(buffer, positionBytes, bytes, true);
    }

    @Override
    public void write(ByteBuffer buffer, long positionBytes, int bytes) throws IOException {
        move(buffer, positionBytes, bytes, false);
    }

    private void move(ByteBuffer buffer, long positionBytes, int bytes, boolean read) throws IOException {
        try {
            for (int done = 0; done < bytes; ) {
                long position = positionBytes + done;
                MappedByteBuffer window = windows.get((int) (position >> WINDOW_BITS));
                int at = (int) (position & (WINDOW_BYTES - 1));
                int count = Math.min(bytes - done, window.capacity() - at);
                if (read) {
                    buffer.put(done, window, at, count);
                } else {
                    window.put(at, buffer, done, count);
                }
                done += count;
            }
        } catch (InternalError e) {
            // The JVM's word for a page that the kernel could not read or give.
            throw new DeviceException(
                    (read ? "read" : "write") + " of " + bytes + " bytes at " + positionBytes + " of the mapped "
                            + name,
                    "success",
                    String.valueOf(e.getMessage()),
                    "is the device full, cut or gone? the kernel's log may say more",
                    e);
        }
    }

    @Override
    public void discard(long positionBytes, int bytes) throws IOException {
        discarding.discard(positionBytes, bytes);
    }

    @Override
    public void flush() {
        windows.forEach(MappedByteBuffer::force);
    }
}
