package dev.tare.clock.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open socket to one server, on which frames travel. */
interface Link extends Closeable {
    /** Opens such a socket. */
    @FunctionalInterface
    interface Opener {
        /** Gives up after {@code timeoutNs} of real time. */
        Link open(long timeoutNs) throws IOException;
    }

    /** Sends a request without waiting for anything. */
    void send(ByteBuffer request) throws IOException;

    /**
     * Takes what has come, without waiting for it.
     *
     * @return how many bytes of {@link #received()}, from index 0, are what one reply would be; 0 while nothing has come
     */
    int receive() throws IOException;

    /** What {@link #receive()} took, until it is called again. */
    ByteBuffer received();

    /** Waits for more. */
    Patience patience();
}
