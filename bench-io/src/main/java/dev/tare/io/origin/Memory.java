package dev.tare.io.origin;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of this system, which is also the most that its page cache can hold. */
public final class Memory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private Memory() {}

    /** Total memory in bytes; empty when {@code /proc/meminfo} does not tell. */
    public static OptionalLong totalBytes() {
        return bytes("MemTotal");
    }

    /**
     * What this system, and its container, could give to a process now without swapping; empty when
     * {@code /proc/meminfo} does not tell.
     */
    public static OptionalLong availableBytes() {
        long mostBytes =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        OptionalLong available = bytes("MemAvailable");
        return available.isPresent()
                ? OptionalLong.of(Math.min(mostBytes, available.getAsLong()))
                : OptionalLong.empty();
    }

    private static OptionalLong bytes(String key) {
        try {
            Matcher line = Pattern.compile("(?m)^" + key + ":\\s+(\\d+) kB$").matcher(Files.readString(MEMINFO));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
