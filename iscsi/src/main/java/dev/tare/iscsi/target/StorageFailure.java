package dev.tare.iscsi.target;

import java.io.IOException;

/** The disk's image could not be read or written; the initiator gets a medium error, and its session goes on. */
final class StorageFailure extends IOException {
    private static final long serialVersionUID = 1;

    StorageFailure(String image, IOException cause) {
        super(image + ": " + cause.getMessage(), cause);
    }
}
