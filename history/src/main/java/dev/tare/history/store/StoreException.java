package dev.tare.history.store;

/** A store that cannot be opened, read or written; the message says why without credentials, and what to do. */
public final class StoreException extends Exception {
    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
