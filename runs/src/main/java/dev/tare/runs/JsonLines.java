package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with one JSON object a line, each flushed to the disk before {@link #append} returns, so that a crash at any moment
 * costs at most the line that was being written.
 */
public final class JsonLines implements AutoCloseable {
    private static final ObjectReader LINE =
            JmhJson.JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final FileChannel channel;

    private JsonLines(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lines of a file one by one. */
    @FunctionalInterface
    public interface Taker {
        /** Takes a line that is JSON, and refuses one that it cannot understand. */
        void take(JsonCursor line) throws UnreadableRunException;
    }

    /**
     * What reading a file met.
     *
     * @param wholeBytes where the next line begins: behind the last one that could be read
     * @param endsALine whether that one has its end; a crash may have left no more than this out
     * @param cutOff whether the last line is no JSON, as a crash leaves it
     * @param broken lines before the last that are no JSON, in sentences
     * @param warnings the same for who reports of the file, with what was left out
     */
    public record Contents(
            long wholeBytes, boolean endsALine, boolean cutOff, List<String> broken, List<String> warnings) {
        /** Keeps copies. */
        public Contents {
            broken = List.copyOf(broken);
            warnings = List.copyOf(warnings);
        }

        /** Whether all lines could be read. */
        public boolean isIntact() {
            return broken.isEmpty() && !cutOff;
        }
    }

    /**
     * Reads all lines of a file.
     *
     * @throws UnreadableRunException when the file cannot be read, or when the taker refuses a line
     */
    public static Contents read(Path file, Taker taker) throws UnreadableRunException {
        LineReader reader = new LineReader(file, taker);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int b;
            while ((b = bytes.read()) >= 0) {
                line.write(b);
                if (b == '\n') {
                    reader.line(line, false);
                }
            }
            reader.line(line, true);
        } catch (IOException e) {
            throw JmhJson.broken(file.toString(), e);
        }
        return reader.contents();
    }

    /** Reads line by line and keeps count. */
    private static final class LineReader {
        private final Path file;
        private final Taker taker;
        private final List<String> broken = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private int number;
        private long wholeBytes;
        private boolean endsALine = true;
        private boolean cutOff;

        LineReader(Path file, Taker taker) {
            this.file = file;
            this.taker = taker;
        }

        void line(ByteArrayOutputStream bytes, boolean last) throws UnreadableRunException {
            number++;
            // Bytes cut off in the middle of a character must not keep the rest from being read: no strict decoder.
            String line = bytes.toString(StandardCharsets.UTF_8);
            if (!line.isBlank()) {
                String where = file + " line " + number;
                try {
                    taker.take(new JsonCursor(where, LINE.readTree(line)));
                } catch (JsonProcessingException e) {
                    if (last) {
                        cutOff = true;
                        warnings.add(where + " is cut off: the run ended while it was written; left out");
                        return;
                    }
                    broken.add(where + " is broken: " + e.getOriginalMessage());
                    warnings.add(where + " is broken and left out: " + e.getOriginalMessage());
                }
            }
            wholeBytes += bytes.size();
            endsALine = !last || bytes.size() == 0;
            bytes.reset();
        }

        Contents contents() {
            return new Contents(wholeBytes, endsALine, cutOff, broken, warnings);
        }
    }

    /** Begins a new file with its first line. */
    public static JsonLines create(Path file, ObjectNode first) throws IOException {
        JsonLines lines =
                new JsonLines(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        lines.append(first);
        DurableFile.flushName(file);
        return lines;
    }

    /** Goes on with a file that was just read; a last line that a crash cut short is cut off. */
    public static JsonLines resume(Path file, Contents contents) throws IOException {
        JsonLines lines = new JsonLines(file, FileChannel.open(file, StandardOpenOption.WRITE));
        lines.channel.truncate(contents.wholeBytes());
        lines.channel.position(contents.wholeBytes());
        if (!contents.endsALine()) {
            lines.write("\n");
        }
        return lines;
    }

    /** Writes a line and flushes it; one that does not fit on the disk leaves nothing of itself. */
    public void append(ObjectNode line) throws IOException {
        write(line + "\n");
    }

    private void write(String text) throws IOException {
        long end = channel.position();
        try {
            DurableFile.writeFully(file, channel, text);
            DurableFile.flush(file, channel);
        } catch (IOException e) {
            try {
                channel.truncate(end);
            } catch (IOException truncation) {
                e.addSuppressed(truncation);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
