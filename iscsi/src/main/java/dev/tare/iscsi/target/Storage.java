package dev.tare.iscsi.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a disk's bytes are. Several connections use it at once. */
interface Storage extends Closeable {
    long sizeBytes();

    /**
     * Bytes of the disk, to be sent.
     *
     * @param scratch a buffer of at least {@code bytes}, used where the bytes cannot be had without copying
     * @return a buffer whose first {@code bytes} from its position on they are
     */
    ByteBuffer read(long at, int bytes, ByteBuffer scratch) throws Failure;

    /**
     * Where bytes for the disk are to be put, from the buffer's position on; {@link #written} follows.
     *
     * @param scratch a buffer of at least {@code bytes}
     */
    ByteBuffer destination(long at, int bytes, ByteBuffer scratch);

    /**
     * Takes over what was put into a destination.
     *
     * @param filled the destination, its position behind the bytes
     */
    void written(long at, int bytes, ByteBuffer filled) throws Failure;

    /** Makes everything written durable. */
    void flush() throws Failure;

    /** The disk's image could not be read or written; the initiator gets a medium error, and its session goes on. */
    final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        Failure(String image, IOException cause) {
            super(image + ": " + cause, cause);
        }
    }
}
