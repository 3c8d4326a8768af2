package dev.tare.iscsi.pdu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts PDUs from a connection, without waiting: every call reads once and hands on what is complete.
 *
 * <p>Large data segments go from the socket straight to where {@link Sink#destination} wants them; small ones, and
 * what arrives with them, are read in one piece and copied, which costs less than a system call each.
 */
public final class PduReceiver {
    private static final int STAGING_BYTES = 128 << 10;
    /** From here on a data segment is worth a read of its own. */
    private static final int DIRECT_BYTES = 32 << 10;
    /** Behind a large data segment only the next headers are read: more would have to be copied. */
    private static final int AHEAD_BYTES = 512;

    private final Wire wire;
    private Sink sink;
    private int maxDataBytes;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);
    private final ByteBuffer[] scatter = new ByteBuffer[2];
    private final ByteBuffer headerBytes = ByteBuffer.allocate(Header.BYTES);
    private final Header header = new Header(headerBytes, 0);
    private final Digest digest = new Digest();
    private ByteBuffer scratch = ByteBuffer.allocateDirect(8 << 10);
    private boolean headerDigest;
    private boolean dataDigest;
    private boolean stopped;

    private int parsed;
    private int filled;
    private @Nullable ByteBuffer destination;
    private boolean intoScratch;
    private int dataStart;
    private int dataLeft;

    /**
     * @param maxDataBytes the longest data segment that this side said it accepts
     */
    public PduReceiver(Wire wire, Sink sink, int maxDataBytes) {
        this.wire = wire;
        this.sink = sink;
        this.maxDataBytes = maxDataBytes;
    }

    /**
     * Gives the PDUs that follow to somebody else; call it only between two PDUs.
     *
     * @param ofHeader whether they carry a header digest
     * @param ofData whether they carry a data digest
     */
    public void handTo(Sink newSink, int newMaxDataBytes, boolean ofHeader, boolean ofData) {
        sink = newSink;
        maxDataBytes = newMaxDataBytes;
        headerDigest = ofHeader;
        dataDigest = ofData;
    }

    /** Hands on no more PDUs after the one that is being taken; what was read stays for {@link #resume}. */
    public void pause() {
        stopped = true;
    }

    /** Hands on what was read before the pause. */
    public void resume() throws IOException {
        stopped = false;
        parse();
    }

    /**
     * Reads once and hands on every PDU that is complete.
     *
     * @return whether anything was read
     */
    public boolean receive() throws IOException {
        makeRoom();
        if (!readOnce()) {
            return false;
        }
        parse();
        return true;
    }

    private void makeRoom() {
        if (parsed == filled) {
            parsed = 0;
            filled = 0;
        } else if (STAGING_BYTES - filled < STAGING_BYTES / 4) {
            staging.limit(filled).position(parsed);
            staging.compact();
            filled -= parsed;
            parsed = 0;
        }
    }

    private boolean readOnce() throws IOException {
        ByteBuffer into = destination;
        if (into != null && dataLeft >= DIRECT_BYTES && parsed == filled) {
            return readDirectly(into);
        }
        staging.limit(STAGING_BYTES).position(filled);
        int count = wire.read(staging);
        filled += count;
        return count > 0;
    }

    private boolean readDirectly(ByteBuffer into) throws IOException {
        int limit = into.limit();
        int before = into.position();
        into.limit(before + dataLeft);
        staging.limit(filled + AHEAD_BYTES).position(filled);
        scatter[0] = into;
        scatter[1] = staging;
        long count = wire.read(scatter, 2);
        into.limit(limit);
        int direct = into.position() - before;
        dataLeft -= direct;
        filled += (int) count - direct;
        return count > 0;
    }

    private void parse() throws IOException {
        while (!stopped) {
            if (destination == null && !beginPdu()) {
                return;
            }
            ByteBuffer into = destination;
            if (into == null || !finishPdu(into)) {
                return;
            }
        }
    }

    private boolean beginPdu() throws IOException {
        int available = filled - parsed;
        if (available < Header.BYTES) {
            return false;
        }
        staging.limit(filled).position(parsed);
        headerBytes.clear();
        for (int i = 0; i < Header.BYTES; i += Long.BYTES) {
            headerBytes.putLong(i, staging.getLong(parsed + i));
        }
        int headerEnd = Header.BYTES + header.additionalBytes();
        if (available < headerEnd + (headerDigest ? Digest.BYTES : 0)) {
            return false;
        }
        if (headerDigest) {
            checkDigest("header", digest.start().add(staging, parsed, parsed + headerEnd), parsed + headerEnd);
            headerEnd += Digest.BYTES;
        }
        parsed += headerEnd;
        dataLeft = header.dataBytes();
        if (dataLeft > maxDataBytes) {
            throw ProtocolViolation.expected("a data segment of at most " + maxDataBytes + " bytes", header.toString());
        }
        ByteBuffer into = sink.destination(header);
        intoScratch = into == null;
        if (into == null) {
            into = scratch(dataLeft);
        }
        dataStart = into.position();
        destination = into;
        return true;
    }

    private ByteBuffer scratch(int bytes) {
        if (scratch.capacity() < bytes) {
            scratch = ByteBuffer.allocateDirect(maxDataBytes);
        }
        return scratch.clear().limit(bytes);
    }

    private boolean finishPdu(ByteBuffer into) throws IOException {
        int bytes = Math.min(dataLeft, filled - parsed);
        if (bytes > 0) {
            into.put(into.position(), staging, parsed, bytes);
            into.position(into.position() + bytes);
            parsed += bytes;
            dataLeft -= bytes;
        }
        int padding = -header.dataBytes() & 3;
        boolean digested = dataDigest && header.dataBytes() > 0;
        int tail = padding + (digested ? Digest.BYTES : 0);
        if (dataLeft > 0 || filled - parsed < tail) {
            return false;
        }
        if (digested) {
            digest.start().add(into, dataStart, into.position()).add(staging, parsed, parsed + padding);
            checkDigest("data", digest, parsed + padding);
        }
        parsed += tail;
        destination = null;
        if (intoScratch) {
            into.flip();
        }
        sink.take(header, into);
        return true;
    }

    private void checkDigest(String of, Digest computed, int at) throws ProtocolViolation {
        int received = staging.getInt(at);
        if (received != computed.onTheWire()) {
            throw ProtocolViolation.expected(
                    String.format(Locale.ROOT, "%s digest 0x%08x", of, computed.onTheWire()),
                    String.format(Locale.ROOT, "0x%08x in %s", received, header));
        }
    }

    /** Takes the PDUs that are cut from the stream. */
    public interface Sink {
        /**
         * Says where a data segment goes.
         *
         * @return a buffer with at least {@code header.dataBytes()} remaining, which is filled from its position on; or null
         *     for a buffer of the receiver's own
         * @throws IOException when a PDU like this must not come now
         */
        @Nullable
        ByteBuffer destination(Header header) throws IOException;

        /**
         * Takes a complete PDU, its digests checked.
         *
         * @param data what {@link #destination} returned, behind the data now; or a buffer of the receiver's that holds exactly
         *     the data and is reused after this call
         */
        void take(Header header, ByteBuffer data) throws IOException;
    }
}
