package dev.tare.io.file;

import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** One whole block between a buffer and a channel; a part of a block is a failure. */
final class Transfer {
    private Transfer() {}

    static void read(FileChannel channel, String name, ByteBuffer buffer, long positionBytes) throws IOException {
        buffer.clear();
        int got;
        try {
            got = channel.read(buffer, positionBytes);
        } catch (IOException e) {
            throw failed("read", name, buffer, positionBytes, e);
        }
        if (got != buffer.capacity()) {
            throw cut("read", name, buffer, positionBytes, got);
        }
    }

    static void write(FileChannel channel, String name, ByteBuffer buffer, long positionBytes) throws IOException {
        buffer.clear();
        int got;
        try {
            got = channel.write(buffer, positionBytes);
        } catch (IOException e) {
            throw failed("write", name, buffer, positionBytes, e);
        }
        if (got != buffer.capacity()) {
            throw cut("write", name, buffer, positionBytes, got);
        }
    }

    private static DeviceException cut(String what, String name, ByteBuffer buffer, long positionBytes, int got) {
        return new DeviceException(
                subject(what, name, buffer.capacity(), positionBytes),
                "all of them",
                Math.max(0, got) + " bytes",
                "is the device full, cut or gone? the kernel's log may say more");
    }

    private static DeviceException failed(
            String what, String name, ByteBuffer buffer, long positionBytes, IOException cause) {
        return new DeviceException(
                subject(what, name, buffer.capacity(), positionBytes),
                "success",
                String.valueOf(cause.getMessage()),
                "the kernel's log may say more",
                cause);
    }

    static String subject(String what, String name, int bytes, long positionBytes) {
        return what + " of " + bytes + " bytes at " + positionBytes + " of " + name;
    }
}
