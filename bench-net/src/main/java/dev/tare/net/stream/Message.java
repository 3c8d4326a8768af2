package dev.tare.net.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One message that is sent again and again. */
public interface Message extends Closeable {
    int bytes();

    /** Writes from {@code from} to at most {@code to} and returns how many bytes were taken. */
    int write(SocketChannel channel, int from, int to) throws IOException;

    /** From the program's memory: the kernel copies it. */
    static Message inMemory(int bytes) {
        return new InMemory(Pattern.message(bytes));
    }

    /** From a file of its own in the folder for temporary files: the kernel sends the pages of its cache. */
    static Message inFile(int bytes) throws IOException {
        Path path = Files.createTempFile("tare-message", null);
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        ByteBuffer content = Pattern.message(bytes);
        while (content.hasRemaining()) {
            file.write(content);
        }
        return new InFile(file, bytes);
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
}
