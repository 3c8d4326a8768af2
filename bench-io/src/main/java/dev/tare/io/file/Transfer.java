package dev.tare.io.file;

import dev.tare.harness.Reasons;
import dev.tare.io.device.CallingThreadQueue;
import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Moves bytes between buffers and a file; fewer than were asked for are a failure. */
interface Transfer {
    /** Reads from a position to the beginning of a buffer. */
    void read(ByteBuffer buffer, long positionBytes, int bytes) throws IOException;

    /** Writes the beginning of a buffer to a position. */
    void write(ByteBuffer buffer, long positionBytes, int bytes) throws IOException;

    /** Tells the device that bytes are no longer needed. */
    void discard(long positionBytes, int bytes) throws IOException;

    /** Makes what was written durable. */
    void flush() throws IOException;

    /** How a file or device is told that bytes are no longer needed. */
    @FunctionalInterface
    interface Discarding {
        void discard(long positionBytes, long bytes) throws IOException;
    }

    /** By the positional calls of a channel, which stays the caller's. */
    static Transfer of(FileChannel channel, String name, Discarding discarding) {
        return new OfChannel(channel, name, discarding);
    }

    /** With one buffer. */
    default CallingThreadQueue.Calls calls(ByteBuffer buffer) {
        return new CallingThreadQueue.Calls() {
            @Override
            public ByteBuffer buffer() {
                return buffer;
            }

            @Override
            public void read(long positionBytes, int bytes) throws IOException {
                Transfer.this.read(buffer, positionBytes, bytes);
            }

            @Override
            public void write(long positionBytes, int bytes) throws IOException {
                Transfer.this.write(buffer, positionBytes, bytes);
            }

            @Override
            public void discard(long positionBytes, int bytes) throws IOException {
                Transfer.this.discard(positionBytes, bytes);
            }

            @Override
            public void flush() throws IOException {
                Transfer.this.flush();
            }

            @Override
            public void close() {
                // The file is the device's, and the buffer goes with its last reference.
            }
        };
    }

    /** Buffers for direct I/O: little-endian, at addresses that are multiples of the device's alignment. */
    static ByteBuffer[] buffers(int count, int bytes, int alignBytes) {
        int hugeBytes = 2 << 20;
        // One piece on a boundary of huge pages: where the C library or the kernel gives those unasked, requests have
        // fewer segments.
        int align = (long) count * bytes < hugeBytes ? alignBytes : Math.max(hugeBytes, alignBytes);
        // An aligned slice ends on a boundary too, hence the rounding up besides the room to begin on one.
        int whole = Math.addExact(Math.multiplyExact(count, bytes), align - 1) / align * align;
        ByteBuffer all = ByteBuffer.allocateDirect(Math.addExact(whole, align)).alignedSlice(align);
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = all.slice(i * bytes, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffers;
    }

    /** The calls of a {@link FileChannel}. */
    record OfChannel(FileChannel channel, String name, Discarding discarding) implements Transfer {
        @Override
        public void read(ByteBuffer buffer, long positionBytes, int bytes) throws IOException {
            buffer.clear().limit(bytes);
            int got;
            try {
                got = channel.read(buffer, positionBytes);
            } catch (IOException e) {
                throw failed("read", bytes, positionBytes, e);
            } finally {
                // Absolute access ends at the limit, too.
                buffer.clear();
            }
            if (got != bytes) {
                throw cut("read", bytes, positionBytes, got);
            }
        }

        @Override
        public void write(ByteBuffer buffer, long positionBytes, int bytes) throws IOException {
            buffer.clear().limit(bytes);
            int got;
            try {
                got = channel.write(buffer, positionBytes);
            } catch (IOException e) {
                throw failed("write", bytes, positionBytes, e);
            } finally {
                buffer.clear();
            }
            if (got != bytes) {
                throw cut("write", bytes, positionBytes, got);
            }
        }

        private DeviceException cut(String what, int bytes, long positionBytes, int got) {
            return new DeviceException(
                    subject(what, bytes, positionBytes),
                    "all of them",
                    Math.max(0, got) + " bytes",
                    "is the device full, cut or gone? the kernel's log may say more");
        }

        private DeviceException failed(String what, int bytes, long positionBytes, IOException cause) {
            return new DeviceException(
                    subject(what, bytes, positionBytes),
                    "success",
                    Reasons.of(cause),
                    "the kernel's log may say more",
                    cause);
        }

        private String subject(String what, int bytes, long positionBytes) {
            return what + " of " + bytes + " bytes at " + positionBytes + " of " + name;
        }

        @Override
        public void discard(long positionBytes, int bytes) throws IOException {
            discarding.discard(positionBytes, bytes);
        }

        @Override
        public void flush() throws IOException {
            channel.force(true);
        }
    }
}
