package dev.tare.campaign.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Messages over two byte streams, one JSON object a line, none longer than a limit; and when how many bytes went either way.
 * One thread may receive while others send.
 */
public final class MessageStream {
    /** The longest message of an agent: a fork's samples and its machine's description fit many times. */
    public static final int AGENT_LIMIT_BYTES = 32 << 20;

    /** The longest message to an agent. */
    public static final int MANAGEMENT_LIMIT_BYTES = 1 << 20;

    private static final int SHOWN = 80;
    private static final int MOST_DEPTH = 64;
    private static final ObjectReader LINE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxStringLength(AGENT_LIMIT_BYTES)
                            .build())
                    .build())
            .build()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String peer;
    private final InputStream in;
    private final OutputStream out;
    private final int limitBytes;
    private final LongSupplier clock;
    private final List<Traffic> traffic = new ArrayList<>();

    private record Traffic(long ns, long bytes) {}

    /**
     * Messages of and to {@code peer}.
     *
     * @param peer who is at the other end, for messages
     * @param limitBytes the longest that is taken
     * @param clock what the time of traffic is read from
     */
    public MessageStream(String peer, InputStream in, OutputStream out, int limitBytes, LongSupplier clock) {
        this.peer = peer;
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.limitBytes = limitBytes;
        this.clock = clock;
    }

    /** Sends a message and flushes it. */
    public void send(WireMessage message) throws IOException {
        byte[] line = (message.body() + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(line);
            out.flush();
        }
        count(line.length);
    }

    /**
     * Waits for the next message.
     *
     * @return empty when the other side has ended the stream
     * @throws MalformedMessageException when it is too long, no JSON object, or has no type
     */
    public Optional<WireMessage> receive() throws IOException {
        Optional<String> line = line();
        return line.isPresent() ? Optional.of(message(line.get())) : Optional.empty();
    }

    /**
     * Waits for the first message and passes over what a login prints before it.
     *
     * @param banner takes the lines that are no messages
     * @param most how many of them are borne
     * @return empty when the other side has ended the stream
     */
    public Optional<WireMessage> receiveFirst(List<String> banner, int most) throws IOException {
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(message(line.get()));
            } catch (MalformedMessageException e) {
                if (banner.size() == most) {
                    throw e;
                }
                banner.add(shortened(line.get()));
            }
        }
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) >= 0 && b != '\n') {
            if (line.size() == limitBytes) {
                throw new MalformedMessageException(
                        peer + ": expected a message of at most " + limitBytes + " bytes, got a longer one");
            }
            line.write(b);
        }
        if (b < 0) {
            // Half a message is none.
            return Optional.empty();
        }
        count(line.size() + 1L);
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    private WireMessage message(String line) throws MalformedMessageException {
        try {
            JsonNode node = LINE.readTree(line);
            if (node instanceof ObjectNode object && object.path("type").isTextual()) {
                return new WireMessage(object);
            }
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException(peer + ": expected a message, a JSON object in one line, got \""
                    + shortened(line) + "\" (" + e.getOriginalMessage() + ")");
        }
        throw new MalformedMessageException(
                peer + ": expected a JSON object with a type, got \"" + shortened(line) + "\"");
    }

    private static String shortened(String line) {
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }

    private void count(long bytes) {
        synchronized (traffic) {
            traffic.add(new Traffic(clock.getAsLong(), bytes));
        }
    }

    /** Bytes both ways from one instant to another, by the clock of this stream. */
    public long bytesBetween(long fromNs, long toNs) {
        synchronized (traffic) {
            return traffic.stream()
                    .filter(one -> one.ns() >= fromNs && one.ns() <= toNs)
                    .mapToLong(Traffic::bytes)
                    .sum();
        }
    }

    /** Forgets the traffic so far, so that a long campaign does not gather it. */
    public void forgetTraffic() {
        synchronized (traffic) {
            traffic.clear();
        }
    }
}
