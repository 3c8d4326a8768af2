package dev.tare.net.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One message that is sent again and again.
 *
 * <p>Its byte at position p depends on p alone, so a receiver can check any part of a stream of equal messages without a copy
 * of it.
 */
public interface Message extends Closeable {
    int bytes();

    /** Writes from {@code from} to at most {@code to} and returns how many bytes were taken. */
    int write(SocketChannel channel, int from, int to) throws IOException;

    /** From the program's memory: the kernel copies it. */
    static Message inMemory(int bytes) {
        return new InMemory(content(bytes));
    }

    /** From a file of its own in the folder for temporary files: the kernel sends the pages of its cache. */
    static Message inFile(int bytes) throws IOException {
        Path path = Files.createTempFile("tare-message", null);
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            ByteBuffer content = content(bytes);
            while (content.hasRemaining()) {
                file.write(content);
            }
            return new InFile(file, bytes);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** A direct buffer. */
    record InMemory(ByteBuffer buffer) implements Message {
        @Override
        public int bytes() {
            return buffer.capacity();
        }

        @Override
        public int write(SocketChannel channel, int from, int to) throws IOException {
            return channel.write(buffer.limit(to).position(from));
        }

        @Override
        public void close() {
            buffer.clear();
        }
    }

    /** An open file that is deleted when it is closed. */
    record InFile(FileChannel file, int bytes) implements Message {
        @Override
        public int write(SocketChannel channel, int from, int to) throws IOException {
            return Math.toIntExact(file.transferTo(from, to - from, channel));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** The content of one message in a direct buffer, ready to be written again and again. */
    static ByteBuffer content(int messageBytes) {
        ByteBuffer message = buffer(messageBytes);
        for (int position = 0; position < messageBytes; position++) {
            message.put(position, byteAt(position));
        }
        return message;
    }

    /**
     * A direct buffer of so many bytes, all zero, that begins where a page of memory does. The kernel copies a message of 1
     * MiB between such a buffer and its own pages some 15 % faster than from 16 bytes behind a page's start, which is where
     * {@link ByteBuffer#allocateDirect} puts large buffers.
     */
    static ByteBuffer buffer(int bytes) {
        // Pages of all systems that this runs on; on those with larger ones it is a part of them, which does as well.
        int pageBytes = 4096;
        // An aligned slice ends at a page's end too: the last page has to be whole.
        int pages = (bytes + pageBytes - 1) / pageBytes;
        ByteBuffer aligned = ByteBuffer.allocateDirect((pages + 1) * pageBytes).alignedSlice(pageBytes);
        return aligned.limit(bytes).slice();
    }

    /**
     * Checks a part of a stream of messages.
     *
     * @param buffer holds the part between {@code from} and {@code to}
     * @param streamOffset how many bytes of the stream came before {@code from}
     * @throws IOException when a byte differs: what was expected, what came, and where
     */
    static void verify(ByteBuffer buffer, int from, int to, long streamOffset, int messageBytes) throws IOException {
        int position = (int) (streamOffset % messageBytes);
        for (int index = from; index < to; index++) {
            if (buffer.get(index) != byteAt(position)) {
                throw new IOException(String.format(
                        "content of the stream is wrong at byte %d (byte %d of its message of %d): expected 0x%02x, got"
                                + " 0x%02x; data were damaged, lost or repeated on the way",
                        streamOffset + index - from, position, messageBytes, byteAt(position), buffer.get(index)));
            }
            position = position + 1 == messageBytes ? 0 : position + 1;
        }
    }

    private static byte byteAt(int position) {
        // SplitMix64's finalizer over the number of the 8-byte word: neighbouring words share nothing.
        long word = 0x7461_7265_6e65_7401L + (position >>> 3) * 0x9e37_79b9_7f4a_7c15L;
        word = (word ^ (word >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        word = (word ^ (word >>> 27)) * 0x94d0_49bb_1331_11ebL;
        word ^= word >>> 31;
        return (byte) (word >>> ((position & 7) << 3));
    }
}
