package dev.tare.iscsi.pdu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers PDUs and writes as many as the socket takes in one system call.
 *
 * <p>Headers and small data segments are copied into one piece of memory; large data segments are written from where they
 * are.
 */
public final class PduSender {
    private static final int STAGING_BYTES = 256 << 10;
    private static final int MAX_PIECES = 1000;
    /** Up to here copying is cheaper than one more piece. */
    private static final int COPIED_BYTES = 8 << 10;
    /** The most that one PDU takes of the staging memory: header, digests, copied data, padding. */
    private static final int MOST_STAGED_BYTES = Header.BYTES + 2 * Digest.BYTES + COPIED_BYTES + 3;

    private final Wire wire;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);
    private final Views stagingViews = new Views();
    private final ByteBuffer[] pieces = new ByteBuffer[MAX_PIECES];
    private final Header header = new Header(staging, 0);
    private final Digest digest = new Digest();
    private boolean headerDigest;
    private boolean dataDigest;

    private int first;
    private int count;
    private int closed;

    public PduSender(Wire wire) {
        this.wire = wire;
    }

    /** Switches digests, for the PDUs that follow. */
    public void useDigests(boolean ofHeader, boolean ofData) {
        headerDigest = ofHeader;
        dataDigest = ofData;
    }

    /** Whether one more PDU can be gathered before the next {@link #flush}. */
    public boolean hasRoom() {
        return STAGING_BYTES - staging.position() >= MOST_STAGED_BYTES && MAX_PIECES - count >= 4;
    }

    /** The header of the next PDU, all zero but for the opcode; {@link #add} completes it. */
    public Header next(int opcode) {
        return header.wrap(staging, staging.position()).clear(opcode);
    }

    /** Gathers the PDU that {@link #next} began, without data. */
    public void add() {
        finishHeader(0);
    }

    /**
     * Gathers the PDU that {@link #next} began.
     *
     * @param data its data segment is the bytes {@code from} to {@code from + bytes} of this buffer, which must stay as
     *     they are until {@link #flush} has returned true
     * @param views windows on {@code data} that nobody else takes back before that
     * @return whether the data were copied, so that they may change at once
     */
    public boolean add(ByteBuffer data, int from, int bytes, Views views) {
        finishHeader(bytes);
        if (bytes == 0) {
            return true;
        }
        boolean copied = bytes <= COPIED_BYTES;
        if (copied) {
            staging.put(staging.position(), data, from, bytes);
            staging.position(staging.position() + bytes);
        } else {
            closePiece();
            pieces[count++] = views.view(data, from, from + bytes);
        }
        int padding = -bytes & 3;
        for (int i = 0; i < padding; i++) {
            staging.put((byte) 0);
        }
        if (dataDigest) {
            staging.putInt(digest.start()
                    .add(data, from, from + bytes)
                    .addZeros(padding)
                    .onTheWire());
        }
        return copied;
    }

    private void finishHeader(int dataBytes) {
        int at = staging.position();
        header.dataBytes(dataBytes);
        staging.position(at + Header.BYTES);
        if (headerDigest) {
            staging.putInt(digest.start().add(staging, at, at + Header.BYTES).onTheWire());
        }
    }

    private void closePiece() {
        if (staging.position() > closed) {
            pieces[count++] = stagingViews.view(staging, closed, staging.position());
            closed = staging.position();
        }
    }

    private boolean isEmpty() {
        return first == count && closed == staging.position();
    }

    /**
     * Writes what the socket takes.
     *
     * @return whether everything that was gathered is written now
     */
    public boolean flush() throws IOException {
        if (isEmpty()) {
            return true;
        }
        closePiece();
        if (count - first == 1) {
            wire.write(pieces[first]);
        } else {
            wire.write(pieces, first, count - first);
        }
        while (first < count && !pieces[first].hasRemaining()) {
            first++;
        }
        if (first < count) {
            return false;
        }
        first = 0;
        count = 0;
        closed = 0;
        staging.clear();
        stagingViews.reset();
        return true;
    }

    /**
     * Windows on parts of one buffer, for gathering writes, kept for the next use: as long as the buffer stays the same,
     * handing them out allocates nothing.
     */
    public static final class Views {
        private final List<ByteBuffer> views = new ArrayList<>();
        private @Nullable ByteBuffer of;
        private int used;

        /** Takes all windows back. */
        public void reset() {
            used = 0;
        }

        /** A window on bytes {@code from} to {@code to}, valid until {@link #reset}. */
        @SuppressWarnings("ReferenceEquality") // the same memory is meant, not equal content
        ByteBuffer view(ByteBuffer buffer, int from, int to) {
            if (of != buffer) {
                of = buffer;
                views.clear();
                used = 0;
            }
            if (used == views.size()) {
                views.add(buffer.duplicate());
            }
            return views.get(used++).limit(to).position(from);
        }
    }
}
