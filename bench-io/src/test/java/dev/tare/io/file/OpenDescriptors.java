package dev.tare.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this JVM has open, as Linux tells. */
final class OpenDescriptors {
    private OpenDescriptors() {}

    /** How many descriptors lead to a file, deleted or not. */
    static int of(Path file) throws IOException {
        List<Path> all;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            all = descriptors.toList();
        }
        int count = 0;
        for (Path descriptor : all) {
            // The listing's own has gone.
            if (Files.isSymbolicLink(descriptor)
                    && Files.readSymbolicLink(descriptor).toString().startsWith(file.toString())) {
                count++;
            }
        }
        return count;
    }
}
