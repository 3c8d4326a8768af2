package dev.tare.machine.memory;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cgroup.ControlGroup;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Memory as Linux tells of it below {@code /proc}, within the limits of the control groups; unknown elsewhere. */
public final class Memory {
    private static final String MEMINFO = "proc/meminfo";

    private final MachineFiles files;
    private final ControlGroup limits;

    /** Reads the given files, those of {@code /} on a live system. */
    public Memory(MachineFiles files) {
        this.files = files;
        this.limits = new ControlGroup(files);
    }

    /** All memory that this system has or may use, which is also the most that its page cache can hold. */
    public OptionalLong totalBytes() {
        return smaller(bytesOf(MEMINFO, "MemTotal"), limits.memoryBytes());
    }

    /** What this system could give to a process now without swapping. */
    public OptionalLong availableBytes() {
        return smaller(bytesOf(MEMINFO, "MemAvailable"), limits.memoryLeftBytes());
    }

    /**
     * What this system could give to a process now with all of its swap space. A control group's limit counts without: whether
     * it may swap, and what its neighbours have swapped, is another matter.
     */
    public OptionalLong obtainableBytes() {
        OptionalLong available = bytesOf(MEMINFO, "MemAvailable");
        OptionalLong swap = bytesOf(MEMINFO, "SwapFree");
        return available.isEmpty() || swap.isEmpty()
                ? OptionalLong.empty()
                : smaller(OptionalLong.of(available.getAsLong() + swap.getAsLong()), limits.memoryLeftBytes());
    }

    /** Whether so many bytes fit into memory as it is now, in words for the record of a run. */
    public String fits(long bytes) {
        OptionalLong available = availableBytes();
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
        OptionalLong huge = bytesOf("proc/self/smaps_rollup", "AnonHugePages");
        OptionalLong all = bytesOf("proc/self/smaps_rollup", "Anonymous");
        if (huge.isEmpty() || all.isEmpty()) {
            return "unknown";
        }
        return String.format(Locale.ROOT, "%d of %d MiB", huge.getAsLong() >> 20, all.getAsLong() >> 20);
    }

    /** What the system does not tell stays unknown, although a limit is known: it may have less than that. */
    private static OptionalLong smaller(OptionalLong system, OptionalLong limit) {
        return system.isEmpty()
                ? system
                : Stream.of(system, limit).flatMapToLong(OptionalLong::stream).min();
    }

    /** A line such as {@code MemAvailable:   24408516 kB}. */
    private OptionalLong bytesOf(String file, String key) {
        Matcher line = Pattern.compile("^" + key + ":\\s+(\\d+) kB$", Pattern.MULTILINE)
                .matcher(files.text(file).orElse(""));
        return line.results()
                .mapToLong((MatchResult found) -> Long.parseLong(found.group(1)) << 10)
                .findFirst();
    }
}
