package dev.tare.net.peer;

import dev.tare.net.control.StreamCount;
import dev.tare.net.stream.ByteCount;
import java.io.Closeable;
import java.io.IOException;

/** What the peer does for one stream until the client or the session ends it. */
interface Traffic extends Closeable {
    void run() throws IOException;

    /** What was moved, in bytes, datagrams or connections; readable by other threads. */
    ByteCount moved();

    /** Bytes of content that came from the client so far; readable by other threads. */
    long receivedBytes();

    /** Bytes of content that went to the client so far; readable by other threads. */
    long sentBytes();

    /** Everything counted, with a total that was read from {@link #moved} before. */
    StreamCount count(long total) throws IOException;
}
