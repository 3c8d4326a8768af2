package dev.tare.clock.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Closes sockets. */
final class Closing {
    private Closing() {}

    /** Closes all of them even if one fails; a socket that cannot be closed is a defect, not a condition. */
    static void all(Closeable... closeables) {
        UncheckedIOException failure = null;
        for (Closeable closeable : closeables) {
            try {
                closeable.close();
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
