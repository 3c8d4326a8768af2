package dev.tare.machine.cpu;

import com.sun.management.OperatingSystemMXBean;
import dev.tare.machine.MachineFiles;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * CPU time of this process together with the processes that it started. Children count whether they live or have ended, so
 * that the difference of two readings is what all of them used between: a child that ends leaves its time with its parent when
 * that waits for it, as Java does for every child. A process that has detached itself from its parent is nobody's child.
 */
public final class ProcessTimes {
    /** Columns of {@code /proc/PID/stat} behind the name: fields 14 to 17 of proc(5), where the state is field 3. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;
    private static final long NS_PER_TICK = 10_000_000;

    private ProcessTimes() {}

    /**
     * Nanoseconds that this process, its children and theirs have used, in user and system time to 10 ms each; empty where the
     * system does not tell.
     */
    public static OptionalLong nowNs() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Long> descendants =
                ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
        return withChildrenNs(system.getProcessCpuTime(), MachineFiles.ofThisMachine(), descendants);
    }

    /**
     * Nanoseconds that another process and its children, living or ended, have used, to 10 ms each; empty where it is gone or the
     * system does not tell.
     *
     * @param process its number
     */
    public static OptionalLong ofProcessNs(long process) {
        List<Long> descendants = ProcessHandle.of(process).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
        return ofProcessNs(MachineFiles.ofThisMachine(), process, descendants);
    }

    /** The same, told by files. */
    static OptionalLong ofProcessNs(MachineFiles files, long process, List<Long> descendants) {
        return columns(files, Long.toString(process)).isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(NS_PER_TICK
                        * Stream.concat(Stream.of(process), descendants.stream())
                                .mapToLong(one -> ticksOf(files, one))
                                .sum());
    }

    /**
     * Adds the children's time.
     *
     * @param ownNs of the process that the files call {@code self}
     * @param descendants all that live; one that has ended since then is no longer seen
     */
    static OptionalLong withChildrenNs(long ownNs, MachineFiles files, List<Long> descendants) {
        Optional<List<String>> self = columns(files, "self");
        if (ownNs < 0 || self.isEmpty()) {
            return OptionalLong.empty();
        }
        long ticks = ticks(self.get(), ENDED_CHILDREN_USER, ENDED_CHILDREN_SYSTEM);
        for (long descendant : descendants) {
            ticks += ticksOf(files, descendant);
        }
        return OptionalLong.of(ownNs + ticks * NS_PER_TICK);
    }

    /** Of a process and its ended children; none of one that has ended. */
    private static long ticksOf(MachineFiles files, long process) {
        return columns(files, Long.toString(process))
                .map(stat -> ticks(stat, USER, SYSTEM, ENDED_CHILDREN_USER, ENDED_CHILDREN_SYSTEM))
                .orElse(0L);
    }

    /** The name of a process stands in parentheses and may contain blanks and parentheses. */
    private static Optional<List<String>> columns(MachineFiles files, String process) {
        return files.words("proc/" + process + "/stat")
                .map(text -> List.of(
                        text.substring(text.lastIndexOf(')') + 1).strip().split(" ")))
                .filter(columns -> columns.size() > ENDED_CHILDREN_SYSTEM);
    }

    private static long ticks(List<String> columns, int... wanted) {
        long sum = 0;
        for (int column : wanted) {
            sum += Long.parseLong(columns.get(column));
        }
        return sum;
    }
}
