package dev.tare.io.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of this system, which is also the most that its page cache can hold. */
public final class Memory {
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

    private Memory() {}

    /** Total memory in bytes; empty when {@code /proc/meminfo} does not tell. */
    public static OptionalLong totalBytes() {
        return totalBytes(Path.of("/proc/meminfo"));
    }

    static OptionalLong totalBytes(Path meminfo) {
        try {
            Matcher total = TOTAL.matcher(Files.readString(meminfo));
            return total.find() ? OptionalLong.of(Long.parseLong(total.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
