package dev.tare.iscsi.target;

import java.nio.ByteBuffer;

/** A disk in memory, in pieces, because a buffer holds less than 2 GiB. */
final class MemoryStorage implements Storage {
    private static final int PIECE_BYTES = 1 << 30;

    private final long sizeBytes;
    private final ByteBuffer[] pieces;

    /** A disk full of zeros; its memory is taken now. */
    MemoryStorage(long sizeBytes) {
        this.sizeBytes = sizeBytes;
        this.pieces = new ByteBuffer[Math.toIntExact((sizeBytes + PIECE_BYTES - 1) / PIECE_BYTES)];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = ByteBuffer.allocateDirect((int) Math.min(PIECE_BYTES, sizeBytes - (long) i * PIECE_BYTES));
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public ByteBuffer read(long at, int bytes, ByteBuffer scratch) {
        if (fits(at, bytes)) {
            return window(at, bytes);
        }
        int before = toEndOfPiece(at);
        scratch.clear();
        scratch.put(window(at, before)).put(window(at + before, bytes - before));
        return scratch.flip();
    }

    @Override
    public ByteBuffer destination(long at, int bytes, ByteBuffer scratch) {
        return fits(at, bytes) ? window(at, bytes) : scratch.clear().limit(bytes);
    }

    @Override
    public void written(long at, int bytes, ByteBuffer filled) {
        if (!fits(at, bytes)) {
            int before = toEndOfPiece(at);
            window(at, before).put(filled.duplicate().flip().limit(before));
            window(at + before, bytes - before).put(filled.duplicate().flip().position(before));
        }
    }

    private static boolean fits(long at, int bytes) {
        return at / PIECE_BYTES == (at + bytes - 1) / PIECE_BYTES;
    }

    private static int toEndOfPiece(long at) {
        return (int) (PIECE_BYTES - at % PIECE_BYTES);
    }

    private ByteBuffer window(long at, int bytes) {
        ByteBuffer piece = pieces[(int) (at / PIECE_BYTES)];
        return piece.duplicate().position((int) (at % PIECE_BYTES)).limit((int) (at % PIECE_BYTES) + bytes);
    }

    /** Nothing to do: memory is as durable as it gets. */
    @Override
    public void flush() {}

    @Override
    public void close() {}
}
