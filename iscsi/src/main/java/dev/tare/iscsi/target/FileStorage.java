package dev.tare.iscsi.target;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk in a file that exists in full length, so that no write can find the file system full. */
final class FileStorage implements Storage {
    private static final int FILL_BYTES = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final long sizeBytes;

    private FileStorage(String name, FileChannel channel, long sizeBytes) {
        this.name = name;
        this.channel = channel;
        this.sizeBytes = sizeBytes;
    }

    /**
     * Opens an image that exists; its size is the disk's.
     *
     * @throws IOException when it can't be read and written, or is no multiple of the block
     */
    static FileStorage open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long sizeBytes = channel.size();
            if (sizeBytes <= 0 || sizeBytes % Disk.BLOCK_BYTES != 0) {
                throw new IOException(file + ": expected an image of a multiple of " + Disk.BLOCK_BYTES + " bytes, got "
                        + sizeBytes + "; give a size to make a new one");
            }
            return new FileStorage(file.toString(), channel, sizeBytes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Makes an image and writes all of it, so that its blocks are allocated.
     *
     * @throws IOException when the file exists already or does not fit; then nothing of it is left
     */
    static FileStorage create(Path file, long sizeBytes) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return filled(file.toString(), channel, sizeBytes);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            Files.delete(file);
            throw e;
        }
    }

    /**
     * Takes over an open image and writes all of it; its removal is its owner's.
     *
     * @throws IOException when it does not fit
     */
    static FileStorage of(String name, FileChannel channel, long sizeBytes) throws IOException {
        return filled(name, channel, sizeBytes);
    }

    private static FileStorage filled(String name, FileChannel channel, long sizeBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(FILL_BYTES);
        try {
            for (long at = 0; at < sizeBytes; ) {
                zeros.clear().limit((int) Math.min(FILL_BYTES, sizeBytes - at));
                at += channel.write(zeros, at);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new IOException(
                    name + ": expected room for " + sizeBytes + " bytes, got " + e + "; the file is removed", e);
        }
        return new FileStorage(name, channel, sizeBytes);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public ByteBuffer read(long at, int bytes, ByteBuffer scratch) throws Storage.Failure {
        scratch.clear().limit(bytes);
        try {
            while (scratch.hasRemaining()) {
                if (channel.read(scratch, at + scratch.position()) < 0) {
                    throw new EOFException("expected " + sizeBytes + " bytes, got fewer: somebody cut it");
                }
            }
        } catch (IOException e) {
            throw new Storage.Failure(name, e);
        }
        return scratch.flip();
    }

    @Override
    public ByteBuffer destination(long at, int bytes, ByteBuffer scratch) {
        return scratch.clear().limit(bytes);
    }

    @Override
    public void written(long at, int bytes, ByteBuffer filled) throws Storage.Failure {
        ByteBuffer data = filled.duplicate().flip();
        try {
            while (data.hasRemaining()) {
                channel.write(data, at + data.position());
            }
        } catch (IOException e) {
            throw new Storage.Failure(name, e);
        }
    }

    @Override
    public void flush() throws Storage.Failure {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new Storage.Failure(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
