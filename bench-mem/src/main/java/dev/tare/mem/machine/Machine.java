package dev.tare.mem.machine;

import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that this JVM runs on. */
public final class Machine {
    private Machine() {}

    /** Its data caches, without levels where they cannot be read. */
    public static Caches caches() {
        Path processors = Path.of("/sys/devices/system/cpu");
        return Files.isDirectory(processors) ? SysfsCaches.read(processors) : OshiCaches.read();
    }

    /** Its memory. */
    public static Memory memory() {
        return new Memory(Path.of("/proc"));
    }
}
