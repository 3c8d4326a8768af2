package dev.tare.io.file;

import dev.tare.io.kernel.KernelFile;
import java.util.OptionalLong;

/** Whether a file has holes: reading them never reaches the device. */
final class Extents {
    private Extents() {}

    static String of(OpenFile file, long sizeBytes) {
        if (file.kernel().isEmpty()) {
            return "unknown: " + KernelFile.missing().orElse("");
        }
        OptionalLong hole = file.kernel().get().firstHole();
        if (hole.isEmpty()) {
            return "unknown: the file system does not tell";
        }
        return hole.getAsLong() >= sizeBytes
                ? "allocated: no holes"
                : "sparse: a hole at " + hole.getAsLong() + " is read without touching the device";
    }
}
