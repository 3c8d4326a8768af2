package dev.tare.machine.cpu;

import dev.tare.machine.MachineFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thread of this process as the kernel tells it in {@code /proc/self/task}, see proc(5).
 *
 * @param id its number in the kernel
 * @param name as far as the kernel keeps it, {@value #NAME_BYTES} bytes
 * @param processor on which it ran last, or runs
 * @param minorFaults page faults of its own so far that needed no I/O
 */
public record KernelThread(long id, String name, int processor, long minorFaults) {
    /** What the kernel keeps of a name. */
    public static final int NAME_BYTES = 15;

    private static final String TASKS = "proc/self/task";
    // Columns of stat behind the name, from the state, which proc(5) calls field 3.
    private static final int MINOR_FAULTS = 10 - 3;
    private static final int PROCESSOR = 39 - 3;
    private static final Pattern SWITCHES = Pattern.compile("(?m)^(?:non)?voluntary_ctxt_switches:\\s*(\\d{1,18})$");
    private static final Pattern ALLOWED = Pattern.compile("(?m)^Cpus_allowed_list:\\s*(\\S+)$");

    /** The calling thread; empty where the kernel does not tell. */
    public static Optional<KernelThread> current() {
        return read(MachineFiles.ofThisMachine(), "proc/thread-self");
    }

    /**
     * The threads of this process, oldest first.
     *
     * @param most how many are looked at, because a process may have thousands
     */
    public static List<KernelThread> ofThisProcess(MachineFiles files, int most) {
        return files.names(TASKS).stream()
                .filter(name -> name.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .sorted()
                .limit(most)
                // One that has ended since then is no longer seen.
                .flatMap(id -> read(files, TASKS + "/" + id).stream())
                .toList();
    }

    /** Whether a program gave it a name that begins so, as far as the kernel can tell. */
    public boolean nameBegins(String beginning) {
        // One byte a letter; of names with others the kernel keeps fewer letters.
        return name.startsWith(beginning.substring(0, Math.min(beginning.length(), NAME_BYTES)));
    }

    /** How often a thread of this process has left its processor so far, of itself or not; empty where nobody tells. */
    public static OptionalLong contextSwitches(MachineFiles files, long id) {
        Matcher switches =
                SWITCHES.matcher(files.text(TASKS + "/" + id + "/status").orElse(""));
        long sum = 0;
        int found = 0;
        while (switches.find()) {
            sum += Long.parseLong(switches.group(1));
            found++;
        }
        return found == 2 ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /** The processors that a thread of this process may use, in the kernel's form {@code 0-3,8}; empty where nobody tells. */
    public static Optional<String> allowed(MachineFiles files, long id) {
        return allowed(files, TASKS + "/" + id);
    }

    /** Those of a process or thread by its folder in {@code /proc}. */
    static Optional<String> allowed(MachineFiles files, String folder) {
        Matcher allowed = ALLOWED.matcher(files.text(folder + "/status").orElse(""));
        return allowed.find() ? Optional.of(allowed.group(1)) : Optional.empty();
    }

    private static Optional<KernelThread> read(MachineFiles files, String folder) {
        return files.words(folder + "/stat").flatMap(KernelThread::parsed);
    }

    /** The name stands in parentheses and may contain blanks and parentheses. */
    private static Optional<KernelThread> parsed(String stat) {
        int begin = stat.indexOf('(');
        int end = stat.lastIndexOf(')');
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        String[] columns = stat.substring(end + 1).strip().split(" ", -1);
        return columns.length <= PROCESSOR
                ? Optional.empty()
                : Optional.of(new KernelThread(
                        Long.parseLong(stat.substring(0, begin).strip()),
                        stat.substring(begin + 1, end),
                        Integer.parseInt(columns[PROCESSOR]),
                        Long.parseLong(columns[MINOR_FAULTS])));
    }
}
