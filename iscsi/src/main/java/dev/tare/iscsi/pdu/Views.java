package dev.tare.iscsi.pdu;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows on parts of one buffer, for gathering writes, kept for the next use: as long as the buffer stays the same,
 * handing them out allocates nothing.
 */
public final class Views {
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
