package dev.tare.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are complete or absent, also after a crash. */
public final class DurableFile {
    private DurableFile() {}

    /** Writes a file under a temporary name, flushes it to the disk, and gives it its name. */
    public static void write(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(temporary, channel, text);
                flush(temporary, channel);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flushName(file);
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    /** Writes all of a text to an open file. What the system says of a write, such as that the disk is full, names no file. */
    static void writeFully(Path file, FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw named(file, e);
        }
    }

    /** Flushes what an open file holds to the disk, which is when some file systems find that it is full. */
    static void flush(Path file, FileChannel channel) throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw named(file, e);
        }
    }

    private static IOException named(Path file, IOException failure) {
        if (failure instanceof ClosedChannelException) {
            return failure;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    /** Flushes the name of a file, without which a new file may be gone after a power cut. */
    static void flushName(Path file) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // Windows opens no folder as a file, and NTFS journals its names by itself.
        }
        try (FileChannel names = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
