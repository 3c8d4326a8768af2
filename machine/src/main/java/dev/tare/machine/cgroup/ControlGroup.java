package dev.tare.machine.cgroup;

import dev.tare.machine.MachineFiles;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
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

    private static final List<String> V1_IO_LIMITS = List.of("read_bps", "write_bps", "read_iops", "write_iops");

    private final MachineFiles files;
    private final Hierarchy cpu;
    private final Hierarchy cpuset;
    private final Hierarchy memory;
    private final Hierarchy io;

    /** The groups of the process that the files call {@code self}. */
    public ControlGroup(MachineFiles files) {
        this.files = files;
        this.cpu = hierarchy("cpu");
        this.cpuset = hierarchy("cpuset");
        this.memory = hierarchy("memory");
        this.io = hierarchy("blkio");
    }

    /** The groups of this process. */
    public static ControlGroup ofThisProcess() {
        return new ControlGroup(MachineFiles.ofThisMachine());
    }

    /**
     * The groups of a controller from the process's own upwards.
     *
     * @param unified whether they are v2's
     * @param folders without the leading slash; empty when the controller is not seen
     */
    private record Hierarchy(boolean unified, List<String> folders) {}

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
        return cpu.folders().stream()
                .flatMap(folder -> quota(folder).stream().boxed())
                .mapToDouble(Double::doubleValue)
                .min();
    }

    /** The processors that the process may run on by its set; empty when that is not seen. */
    public Optional<NavigableSet<Integer>> cpuset() {
        return processorSet().flatMap(MachineFiles::numbersOf);
    }

    /** The smallest limit of memory, swap space not included; empty without one. */
    public OptionalLong memoryBytes() {
        return memoryLimits(false).min();
    }

    /**
     * What the groups' limits leave for this process now: limit less usage, where files that the kernel keeps in memory and has
     * not used lately count as free, as they do in {@code MemAvailable}; empty without a limit.
     */
    public OptionalLong memoryLeftBytes() {
        return memoryLimits(true).min();
    }

    /** Of all groups around the process that tell, from its own upwards; empty where none does. */
    public List<Throttling> throttling() {
        return cpu.folders().stream()
                .flatMap(folder -> throttling(folder).stream())
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
                                .findFirst()));
        facts.put("cpuset", processorSet().orElse(UNKNOWN));
        facts.put(
                "memoryLimitBytes",
                fact(memory, memoryBytes().stream().mapToObj(Long::toString).findFirst()));
        facts.put(
                "ioLimits",
                fact(
                        io,
                        Optional.of(ioLimits())
                                .filter(limits -> !limits.isEmpty())
                                .map(limits -> String.join("; ", limits))));
        facts.put(
                "throttledPeriods",
                throttling().stream()
                        .max(Comparator.comparingLong(Throttling::throttledNs))
                        .map(found -> found.throttledPeriods() + " of " + found.periods())
                        .orElse(UNKNOWN));
        return facts;
    }

    private static String fact(Hierarchy hierarchy, Optional<String> limit) {
        return hierarchy.folders().isEmpty() ? UNKNOWN : limit.orElse(NO_LIMIT);
    }

    private String version() {
        Set<String> versions = new TreeSet<>();
        for (Hierarchy hierarchy : List.of(cpu, cpuset, memory, io)) {
            if (!hierarchy.folders().isEmpty()) {
                versions.add(hierarchy.unified() ? "v2" : "v1");
            }
        }
        return versions.isEmpty() ? UNKNOWN : String.join(" and ", versions);
    }

    private OptionalDouble quota(String folder) {
        List<String> words = cpu.unified()
                ? words(folder + "/cpu.max")
                : Stream.of("/cpu.cfs_quota_us", "/cpu.cfs_period_us")
                        .flatMap(name -> words(folder + name).stream())
                        .toList();
        // No quota is "max" in v2 and -1 in v1.
        return words.size() == 2 && isNumber(words.get(0)) && isNumber(words.get(1))
                ? OptionalDouble.of(Double.parseDouble(words.get(0)) / Double.parseDouble(words.get(1)))
                : OptionalDouble.empty();
    }

    private Optional<Throttling> throttling(String folder) {
        Map<String, Long> stat = numbers(folder + "/cpu.stat");
        String time = cpu.unified() ? "throttled_usec" : "throttled_time";
        return stat.keySet().containsAll(List.of("nr_periods", "nr_throttled", time))
                ? Optional.of(new Throttling(
                        stat.getOrDefault("nr_periods", 0L),
                        stat.getOrDefault("nr_throttled", 0L),
                        stat.getOrDefault(time, 0L) * (cpu.unified() ? 1000 : 1)))
                : Optional.empty();
    }

    /** The set that holds, as a list such as {@code 0-3,8}: a group's own, or that of the nearest one above that has one. */
    private Optional<String> processorSet() {
        List<String> names = cpuset.unified()
                ? List.of("/cpuset.cpus.effective")
                : List.of("/cpuset.effective_cpus", "/cpuset.cpus");
        return cpuset.folders().stream()
                .flatMap(folder -> names.stream().map(name -> folder + name))
                .flatMap(file -> files.words(file).stream())
                .filter(list -> MachineFiles.numbersOf(list).isPresent())
                .findFirst();
    }

    private LongStream memoryLimits(boolean withoutUsed) {
        return memory.folders().stream().flatMapToLong(folder -> {
            OptionalLong limit = number(folder + (memory.unified() ? "/memory.max" : "/memory.limit_in_bytes"));
            if (limit.isEmpty() || limit.getAsLong() >= NO_MEMORY_LIMIT) {
                return LongStream.empty();
            }
            return LongStream.of(withoutUsed ? Math.max(0, limit.getAsLong() - usedBytes(folder)) : limit.getAsLong());
        });
    }

    private long usedBytes(String folder) {
        long allBytes = number(folder + (memory.unified() ? "/memory.current" : "/memory.usage_in_bytes"))
                .orElse(0);
        long idleFileBytes = numbers(folder + "/memory.stat")
                .getOrDefault(memory.unified() ? "inactive_file" : "total_inactive_file", 0L);
        return Math.max(0, allBytes - idleFileBytes);
    }

    /** The limits of each device by the names of v2, such as {@code 8:16 rbps=2097152 wiops=120}. */
    private List<String> ioLimits() {
        Map<String, Map<String, Long>> limits = new TreeMap<>();
        for (String folder : io.folders()) {
            if (io.unified()) {
                files.text(folder + "/io.max").orElse("").lines().forEach(line -> unifiedIoLimits(line, limits));
            } else {
                for (String kind : V1_IO_LIMITS) {
                    // read_bps and write_iops of v1 are rbps and wiops of v2.
                    String name = kind.charAt(0) + kind.substring(kind.indexOf('_') + 1);
                    files.text(folder + "/blkio.throttle." + kind + "_device")
                            .orElse("")
                            .lines()
                            .map(line -> List.of(line.split(" ")))
                            .filter(words -> words.size() == 2 && isNumber(words.get(1)))
                            .forEach(words -> limit(limits, words.get(0), name, words.get(1)));
                }
            }
        }
        return limits.entrySet().stream()
                .map(device -> device.getKey() + " "
                        + String.join(
                                " ",
                                device.getValue().entrySet().stream()
                                        .map(limit -> limit.getKey() + "=" + limit.getValue())
                                        .toList()))
                .toList();
    }

    private static void unifiedIoLimits(String line, Map<String, Map<String, Long>> limits) {
        List<String> words = List.of(line.split(" "));
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals > 0 && isNumber(word.substring(equals + 1))) {
                limit(limits, words.get(0), word.substring(0, equals), word.substring(equals + 1));
            }
        }
    }

    private static void limit(Map<String, Map<String, Long>> limits, String device, String name, String value) {
        limits.computeIfAbsent(device, key -> new TreeMap<>()).merge(name, Long.parseLong(value), Math::min);
    }

    /** v1's hierarchy of a controller where one is mounted, else v2's. */
    private Hierarchy hierarchy(String controller) {
        List<String> v1 = List.of();
        List<String> v2 = List.of();
        for (String line : files.text("proc/self/cgroup").orElse("").lines().toList()) {
            // number : controllers : path, of which the path may contain colons
            List<String> fields = List.of(line.split(":", 3));
            if (fields.size() == 3 && List.of(fields.get(1).split(",")).contains(controller)) {
                v1 = folders(fields.get(2), "cgroup", controller);
            } else if (fields.size() == 3
                    && fields.get(0).equals("0")
                    && fields.get(1).isEmpty()) {
                v2 = folders(fields.get(2), "cgroup2", "");
            }
        }
        if (!v1.isEmpty()) {
            return new Hierarchy(false, v1);
        }
        // In a mixture, v2's hierarchy is mounted without the controllers that v1 has.
        String name = controller.equals("blkio") ? "io" : controller;
        boolean has = !v2.isEmpty()
                && words(v2.get(v2.size() - 1) + "/cgroup.controllers").contains(name);
        return new Hierarchy(true, has ? v2 : List.of());
    }

    /** The folders from that of a group up to where its hierarchy is mounted. */
    private List<String> folders(String group, String fileSystem, String controller) {
        for (String line : files.text("proc/self/mountinfo").orElse("").lines().toList()) {
            // 36 35 98:0 /root /mount/point options ... - type source super,options
            int dash = line.indexOf(" - ");
            List<String> fields = List.of(line.split(" "));
            List<String> source =
                    dash < 0 ? List.of() : List.of(line.substring(dash + 3).split(" "));
            if (fields.size() < 5 || source.size() < 3 || !source.get(0).equals(fileSystem)) {
                continue;
            }
            if (controller.isEmpty() || List.of(source.get(2).split(",")).contains(controller)) {
                return upwards(group, fields.get(3), unescaped(fields.get(4)).substring(1));
            }
        }
        return List.of();
    }

    /**
     * A mount shows the hierarchy from {@code root} on; a container without a namespace of its own sees its group's path as the
     * host writes it, mounted with that path as root.
     */
    private static List<String> upwards(String group, String root, String mountPoint) {
        String below = root.equals("/")
                ? group
                : group.equals(root) || group.startsWith(root + "/") ? group.substring(root.length()) : "";
        List<String> folders = new ArrayList<>();
        for (String part = below.equals("/") ? "" : below;
                !part.isEmpty();
                part = part.substring(0, part.lastIndexOf('/'))) {
            folders.add(mountPoint + part);
        }
        folders.add(mountPoint);
        return folders;
    }

    /** Blanks in paths are written {@code \040}. */
    private static String unescaped(String path) {
        return path.replace("\\040", " ");
    }

    private List<String> words(String file) {
        return files.words(file).map(text -> List.of(text.split("\\s+"))).orElse(List.of());
    }

    private OptionalLong number(String file) {
        return files.words(file)
                .filter(ControlGroup::isNumber)
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** Lines of a name and a number. */
    private Map<String, Long> numbers(String file) {
        Map<String, Long> numbers = new TreeMap<>();
        for (String line : files.text(file).orElse("").lines().toList()) {
            List<String> words = List.of(line.split(" "));
            if (words.size() == 2 && isNumber(words.get(1))) {
                numbers.put(words.get(0), Long.parseLong(words.get(1)));
            }
        }
        return numbers;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,18}") || (text.matches("9\\d{18}") && text.compareTo("9223372036854775807") <= 0);
    }
}
