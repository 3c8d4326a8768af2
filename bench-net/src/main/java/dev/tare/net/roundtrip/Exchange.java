package dev.tare.net.roundtrip;

import dev.tare.net.stream.ByteCount;
import java.io.Closeable;
import java.io.IOException;

/** The client's end of requests and responses, one at a time. */
public interface Exchange extends Closeable {
    /**
     * Sends a request and waits for its response, whose length and edges are checked.
     *
     * @throws IOException when the connection breaks or the response is not the request
     */
    void exchange() throws IOException;

    /** Compares the whole of the last response with its request. */
    void verify() throws IOException;

    /** Exchanges completed. */
    ByteCount count();
}
