package dev.tare.machine.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of memory below {@code /proc}; unknown elsewhere. */
public final class Memory {
    private final Path proc;

    /** Reads from the given folder, {@code /proc} on a live system. */
    public Memory(Path proc) {
        this.proc = proc;
    }

    /** What the system could give to a process now, with all of its swap space. */
    OptionalLong obtainableBytes() {
        OptionalLong available = bytesOf(proc.resolve("meminfo"), "MemAvailable");
        OptionalLong swap = bytesOf(proc.resolve("meminfo"), "SwapFree");
        return available.isEmpty() || swap.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(available.getAsLong() + swap.getAsLong());
    }

    /** Whether so many bytes fit into memory as it is now, in words for the record of a run. */
    public String fits(long bytes) {
        OptionalLong available = bytesOf(proc.resolve("meminfo"), "MemAvailable");
        if (available.isEmpty()) {
            return "unknown";
        }
        return bytes <= available.getAsLong()
                ? "yes"
                : String.format(
                        Locale.ROOT,
                        "no: %,d MiB needed, %,d MiB available; this measures swapping",
                        bytes >> 20,
                        available.getAsLong() >> 20);
    }

    /** How much of this process lies in huge pages, in words for the record of a run. */
    public String hugePages() {
        Path rollup = proc.resolve("self/smaps_rollup");
        OptionalLong huge = bytesOf(rollup, "AnonHugePages");
        OptionalLong all = bytesOf(rollup, "Anonymous");
        if (huge.isEmpty() || all.isEmpty()) {
            return "unknown";
        }
        return String.format(Locale.ROOT, "%d of %d MiB", huge.getAsLong() >> 20, all.getAsLong() >> 20);
    }

    /** A line such as {@code MemAvailable:   24408516 kB}. */
    private static OptionalLong bytesOf(Path file, String key) {
        if (!Files.isReadable(file)) {
            return OptionalLong.empty();
        }
        try {
            Matcher line = Pattern.compile("^" + key + ":\\s+(\\d+) kB$", Pattern.MULTILINE)
                    .matcher(Files.readString(file));
            return line.results()
                    .mapToLong((MatchResult found) -> Long.parseLong(found.group(1)) << 10)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
