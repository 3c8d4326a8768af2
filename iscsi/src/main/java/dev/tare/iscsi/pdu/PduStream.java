package dev.tare.iscsi.pdu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * PDUs one after the other, each waited for with a deadline: for login, discovery and logout, where nothing else goes on.
 */
public final class PduStream {
    /** What RFC 7143 allows for login and text PDUs before anything else is declared. */
    public static final int DEFAULT_DATA_BYTES = 8192;

    private final Wire wire;
    private final PduReceiver receiver;
    private final PduSender sender;
    private @Nullable Pdu received;

    /** A PDU with its data segment. */
    public static final class Pdu {
        private final Header header;
        private final byte[] data;

        private Pdu(Header header, byte[] data) {
            this.header = header;
            this.data = data;
        }

        public Header header() {
            return header;
        }

        public byte[] data() {
            return data;
        }
    }

    /** PDUs over a connection on which nothing was said yet. */
    public PduStream(Wire wire) {
        this.wire = wire;
        this.sender = new PduSender(wire);
        this.receiver = new PduReceiver(wire, new Keep(), DEFAULT_DATA_BYTES);
    }

    /** Sends a PDU whose header is complete but for the length of its data. */
    public void send(Header header, byte[] data, Duration limit) throws IOException {
        sender.next(0).set(header);
        sender.add(ByteBuffer.wrap(data), 0, data.length, new PduSender.Views());
        long untilNs = System.nanoTime() + limit.toNanos();
        while (!sender.flush()) {
            awaitBefore(untilNs, true, limit);
        }
    }

    /**
     * Waits for the next PDU.
     *
     * @throws ConnectionLost when none comes within {@code limit}
     */
    public Pdu receive(Duration limit) throws IOException {
        long untilNs = System.nanoTime() + limit.toNanos();
        receiver.resume();
        while (received == null) {
            if (!receiver.receive()) {
                awaitBefore(untilNs, false, limit);
            }
        }
        Pdu pdu = received;
        received = null;
        return pdu;
    }

    /** Goes on after a login with what was agreed. */
    public void continueWith(int maxReceiveBytes, boolean headerDigest, boolean dataDigest) {
        sender.useDigests(headerDigest, dataDigest);
        receiver.handTo(new Keep(), maxReceiveBytes, headerDigest, dataDigest);
    }

    /** Where the PDUs come from, for {@link PduReceiver#handTo} when the single steps are over. */
    public PduReceiver receiver() {
        return receiver;
    }

    /** Where the PDUs go. */
    public PduSender sender() {
        return sender;
    }

    /** The connection. */
    public Wire wire() {
        return wire;
    }

    private void awaitBefore(long untilNs, boolean forWriting, Duration limit) throws IOException {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
        if (leftMs < 0) {
            throw new ConnectionLost(
                    "no answer from " + wire.peer() + " within " + limit.toMillis() + " ms: is it an iSCSI target?",
                    null);
        }
        wire.await(forWriting, leftMs);
    }

    private final class Keep implements PduReceiver.Sink {
        @Override
        public @Nullable ByteBuffer destination(Header header) {
            return null;
        }

        @Override
        public void take(Header header, ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            received = new Pdu(Header.blank().set(header), bytes);
            receiver.pause();
        }
    }
}
