package dev.tare.io.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files of /sys and /proc that hold one value. */
final class Attribute {
    private Attribute() {}

    /** The value, or empty when it is absent, unreadable or blank: all of these are unknown. */
    static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(value -> !value.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
