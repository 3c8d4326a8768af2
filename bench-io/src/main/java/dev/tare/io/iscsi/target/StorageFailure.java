package dev.tare.io.iscsi.target;

import java.io.IOException;
import java.nio.file.Path;

/** The disk's image could not be read or written; the initiator gets a medium error, and its session goes on. */
final class StorageFailure extends IOException {
    private static final long serialVersionUID = 1;

    StorageFailure(Path file, IOException cause) {
        super(file + ": " + cause.getMessage(), cause);
    }
}
