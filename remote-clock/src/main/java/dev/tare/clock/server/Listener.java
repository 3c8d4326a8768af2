package dev.tare.clock.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Serves clients on one address until it is closed from another thread. */
interface Listener extends Closeable {
    InetSocketAddress address() throws IOException;

    /**
     * Returns after {@link #close()}.
     *
     * @throws IOException when the socket fails
     */
    void serve() throws IOException;
}
