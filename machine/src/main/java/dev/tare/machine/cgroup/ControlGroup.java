package dev.tare.machine.cgroup;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.MountedFileSystem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the control groups around this process let it have, in either version of Linux's interface (v1's controllers each have
 * a hierarchy of their own, and the two may be mixed). Groups are nested and a limit of any of them holds, so that all are
 * asked from the process's own up to the top of what is mounted here; groups above a container's own root cannot be seen.
 *
 * <p>Read from {@code /proc/self/cgroup}, {@code /proc/self/mountinfo} and the files of the groups; see cgroups(7) and
 * Linux's Documentation/admin-guide/cgroup-v2.rst and cgroup-v1.
 */
public final class ControlGroup {
    private static final String NO_LIMIT = "none";
    private static final String UNKNOWN = "unknown";
    /** v1 says "no limit" with the largest whole number of pages; no machine has a quarter of it. */
    private static final long NO_MEMORY_LIMIT = Long.MAX_VALUE / 4;

    private final Hierarchy cpu;
    private final Hierarchy cpuset;
    private final Hierarchy memory;
    private final Hierarchy io;

    /** The groups of the process that the files call {@code self}. */
    public ControlGroup(MachineFiles files) {
        List<MountedFileSystem> mounts = MountedFileSystem.of(files);
        this.cpu = Hierarchy.of(files, mounts, "cpu");
        this.cpuset = Hierarchy.of(files, mounts, "cpuset");
        this.memory = Hierarchy.of(files, mounts, "memory");
        this.io = Hierarchy.of(files, mounts, "blkio");
    }

    /** The groups of this process. */
    public static ControlGroup ofThisProcess() {
        return new ControlGroup(MachineFiles.ofThisMachine());
    }

    /**
     * How often and how long the processes of a group were stopped because its CPU quota was used up, since the group exists.
     *
     * @param periods periods of the quota in which the group ran
     * @param throttledPeriods those in which it was stopped
     * @param throttledNs how long, summed over processors
     */
    public record Throttling(long periods, long throttledPeriods, long throttledNs) {
        /** What has come since an earlier reading of the same group. */
        public Throttling minus(Throttling earlier) {
            return new Throttling(
                    periods - earlier.periods,
                    throttledPeriods - earlier.throttledPeriods,
                    throttledNs - earlier.throttledNs);
        }
    }

    /** The processors' worth of CPU time that the smallest quota grants, such as 0.5; empty without a quota. */
    public OptionalDouble cpuQuota() {
        return cpu.groups().stream()
                .flatMapToDouble(group -> quota(group).stream())
                .min();
    }

    /** The processors that the process may run on by its set; empty when that is not seen. */
    public Optional<NavigableSet<Integer>> cpuset() {
        return processorSet().flatMap(MachineFiles::numbersOf);
    }

    /** The smallest limit of memory, swap space not included; empty without one. */
    public OptionalLong memoryBytes() {
        return memory.groups().stream()
                .flatMapToLong(group -> memoryLimit(group).stream())
                .min();
    }

    /**
     * What the groups' limits leave for this process now: limit less usage, where files that the kernel keeps in memory and has
     * not used lately count as free, as they do in {@code MemAvailable}; empty without a limit.
     */
    public OptionalLong memoryLeftBytes() {
        return memory.groups().stream()
                .flatMapToLong(group ->
                        memoryLimit(group).stream().map(limit -> Math.max(0, limit - memoryUsedBytes(group))))
                .min();
    }

    /** Of all groups around the process that tell, from its own upwards; empty where none does. */
    public List<Throttling> throttling() {
        return cpu.groups().stream()
                .flatMap(group -> throttling(group).stream())
                .toList();
    }

    /** The limits as facts; {@code none} is no limit, {@code unknown} a controller that cannot be seen. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", version());
        facts.put(
                "cpuQuotaProcessors",
                fact(
                        cpu,
                        cpuQuota().stream()
                                .mapToObj(quota -> String.format(Locale.ROOT, "%.3f", quota))
                                .toList()));
        facts.put("cpuset", processorSet().orElse(UNKNOWN));
        facts.put(
                "memoryLimitBytes",
                fact(memory, memoryBytes().stream().mapToObj(Long::toString).toList()));
        facts.put("ioLimits", fact(io, IoLimits.of(io).perDevice()));
        facts.put(
                "throttledPeriods",
                throttling().stream()
                        .max(Comparator.comparingLong(Throttling::throttledNs))
                        .map(found -> found.throttledPeriods() + " of " + found.periods())
                        .orElse(UNKNOWN));
        return facts;
    }

    private static String fact(Hierarchy hierarchy, List<String> limits) {
        return !hierarchy.isSeen() ? UNKNOWN : limits.isEmpty() ? NO_LIMIT : String.join("; ", limits);
    }

    private String version() {
        Set<String> versions = Stream.of(cpu, cpuset, memory, io)
                .filter(Hierarchy::isSeen)
                .map(hierarchy -> hierarchy.unified() ? "v2" : "v1")
                .collect(Collectors.toCollection(TreeSet::new));
        return versions.isEmpty() ? UNKNOWN : String.join(" and ", versions);
    }

    private static OptionalDouble quota(Hierarchy.Group group) {
        List<String> words = new ArrayList<>(group.words("cpu.max", "cpu.cfs_quota_us"));
        if (!group.unified()) {
            words.addAll(group.words("", "cpu.cfs_period_us"));
        }
        // No quota is "max" in v2 and -1 in v1.
        List<Double> numbers = words.stream()
                .flatMap(word -> Hierarchy.Group.numberOf(word).stream().mapToObj(Double::valueOf))
                .toList();
        return numbers.size() == 2 ? OptionalDouble.of(numbers.get(0) / numbers.get(1)) : OptionalDouble.empty();
    }

    private static Optional<Throttling> throttling(Hierarchy.Group group) {
        Map<String, Long> stat = group.numbers("cpu.stat");
        String time = group.unified() ? "throttled_usec" : "throttled_time";
        return stat.keySet().containsAll(List.of("nr_periods", "nr_throttled", time))
                ? Optional.of(new Throttling(
                        stat.getOrDefault("nr_periods", 0L),
                        stat.getOrDefault("nr_throttled", 0L),
                        stat.getOrDefault(time, 0L) * (group.unified() ? 1000 : 1)))
                : Optional.empty();
    }

    /** The set that holds, as a list such as {@code 0-3,8}: a group's own, or that of the nearest one above that has one. */
    private Optional<String> processorSet() {
        return cpuset.groups().stream()
                .flatMap(group -> group.processors().stream())
                .findFirst();
    }

    private static OptionalLong memoryLimit(Hierarchy.Group group) {
        OptionalLong limit = group.number("memory.max", "memory.limit_in_bytes");
        return limit.isPresent() && limit.getAsLong() < NO_MEMORY_LIMIT ? limit : OptionalLong.empty();
    }

    private static long memoryUsedBytes(Hierarchy.Group group) {
        long allBytes = group.number("memory.current", "memory.usage_in_bytes").orElse(0);
        long idleFileBytes = group.numbers("memory.stat")
                .getOrDefault(group.unified() ? "inactive_file" : "total_inactive_file", 0L);
        return Math.max(0, allBytes - idleFileBytes);
    }
}
