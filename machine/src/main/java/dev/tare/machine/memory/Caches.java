package dev.tare.machine.memory;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.ProcessorCache;

/** The data caches of a machine, from the core outwards; without levels when they are unknown. */
public record Caches(List<CacheLevel> levels) {
    public Caches {
        levels = levels.stream()
                .sorted(Comparator.comparingInt(CacheLevel::level))
                .toList();
    }

    /** The level next to memory, or empty when unknown. */
    public Optional<CacheLevel> last() {
        return levels.isEmpty() ? Optional.empty() : Optional.of(levels.get(levels.size() - 1));
    }

    /**
     * What of a level's caches a core can count on while all cores work: its whole first-level data cache, its own or its share
     * of the second, its share of the third. Threads of one core share this.
     *
     * @param level 1 for the one next to the core
     * @return bytes, the smallest of all cores that this process may use; empty when there is no such level, or its size or
     *     sharing is unknown
     */
    public OptionalLong perCoreBytes(int level) {
        return levels.stream()
                .filter(known -> known.level() == level)
                .flatMapToLong(known -> known.perCoreBytes().stream())
                .findFirst();
    }

    /** Name of the smallest level that holds so many bytes: {@code L1} ... , {@code memory}, or {@code unknown}. */
    public String levelOf(long bytes) {
        if (levels.isEmpty()) {
            return "unknown";
        }
        return levels.stream()
                .filter(level -> bytes <= level.bytes())
                .findFirst()
                .map(CacheLevel::toString)
                .orElse("memory");
    }

    /** Size, number and share of a core of every level, as facts. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (levels.isEmpty()) {
            facts.put("caches", "unknown");
        }
        for (CacheLevel level : levels) {
            String name = "cache" + level + (level.level() == 1 ? "Data" : "");
            facts.put(name + "Bytes", Long.toString(level.bytes()));
            facts.put(name + "Count", Integer.toString(level.instances()));
            level.perCoreBytes().ifPresent(bytes -> facts.put(name + "PerCoreBytes", Long.toString(bytes)));
        }
        return facts;
    }

    /**
     * What OSHI tells, on systems other than Linux: the caches' sizes but neither their number nor who shares them. Each
     * package counts as having one of a level; only the first level is a core's own for certain. A cache whose size it does
     * not tell has 0 bytes there, and is left out.
     */
    static Caches ofOshi() {
        CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
        return ofOshi(processor.getProcessorCaches(), processor.getPhysicalPackageCount());
    }

    static Caches ofOshi(List<ProcessorCache> caches, int packages) {
        return new Caches(caches.stream()
                .filter(cache ->
                        cache.getType() == ProcessorCache.Type.DATA || cache.getType() == ProcessorCache.Type.UNIFIED)
                .filter(cache -> cache.getCacheSize() > 0)
                .map(cache -> new CacheLevel(
                        cache.getLevel(),
                        cache.getCacheSize(),
                        packages,
                        cache.getLevel() == 1 ? OptionalLong.of(cache.getCacheSize()) : OptionalLong.empty()))
                .toList());
    }

    /**
     * What Linux tells below {@code /sys/devices/system/cpu}: the caches of the processors that run and that this process may
     * use; a guest whose hypervisor hides them has none.
     */
    public static Caches ofLinux(MachineFiles files) {
        return new Linux(files, new Topology(files)).read();
    }

    /** Reads caches and finds out which of the processors' folders mean the same one. */
    private record Linux(MachineFiles files, Topology topology) {
        /** The kernel prints {@code 32K}, and units up to {@code M} are accepted. */
        private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KkMm]?)");

        /**
         * A cache as its processors see it.
         *
         * @param sharedBy processors that run
         */
        private record Seen(int level, String type, long bytes, Set<Integer> sharedBy) {
            boolean isSameAs(Seen other) {
                return level == other.level
                        && type.equals(other.type)
                        && !Collections.disjoint(sharedBy, other.sharedBy);
            }

            Seen with(Seen same) {
                Set<Integer> all = new TreeSet<>(sharedBy);
                all.addAll(same.sharedBy);
                return new Seen(level, type, Math.min(bytes, same.bytes), all);
            }
        }

        Caches read() {
            List<Seen> caches = new ArrayList<>();
            for (int processor : topology.allowed()) {
                for (Seen seen : cachesOf(processor)) {
                    // Lists that overlap mean one cache, also where some processors tell only a part of them.
                    List<Seen> same = caches.stream().filter(seen::isSameAs).toList();
                    if (!same.equals(List.of(seen))) {
                        caches.removeAll(same);
                        caches.add(same.stream().reduce(seen, Seen::with));
                    }
                }
            }
            return new Caches(
                    caches.stream()
                            .collect(Collectors.groupingBy(Seen::level, TreeMap::new, Collectors.toList()))
                            .values()
                            .stream()
                            .map(this::level)
                            .toList());
        }

        /** Cores differ on hybrid machines: what fits the smallest cache of a level fits all. */
        private CacheLevel level(List<Seen> caches) {
            long smallest = caches.stream().mapToLong(Seen::bytes).min().orElseThrow();
            List<Long> shares = caches.stream()
                    .flatMapToLong(cache -> perCoreBytes(cache).stream())
                    .boxed()
                    .toList();
            return new CacheLevel(
                    caches.get(0).level(),
                    smallest,
                    caches.size(),
                    shares.size() == caches.size() ? OptionalLong.of(Collections.min(shares)) : OptionalLong.empty());
        }

        private OptionalLong perCoreBytes(Seen cache) {
            OptionalInt cores =
                    cache.sharedBy().size() == 1 ? OptionalInt.of(1) : topology.coresAmong(cache.sharedBy());
            return cores.isPresent() ? OptionalLong.of(cache.bytes() / cores.getAsInt()) : OptionalLong.empty();
        }

        private List<Seen> cachesOf(int processor) {
            String folder = folder(processor);
            return files.names(folder).stream()
                    .filter(name -> name.startsWith("index"))
                    .flatMap(name -> seen(processor, folder + "/" + name).stream())
                    .filter(cache -> !cache.type().equals("Instruction"))
                    .toList();
        }

        /** Some hypervisors list a cache without its size; what is not told in full is left out. */
        private Optional<Seen> seen(int processor, String cache) {
            Optional<String> type = files.words(cache + "/type");
            Optional<String> level = files.words(cache + "/level").filter(text -> text.matches("[1-9]"));
            OptionalLong bytes = bytes(files.text(cache + "/size").orElse(""));
            Optional<Set<Integer>> sharedBy = sharedBy(processor, cache);
            return type.isEmpty() || level.isEmpty() || bytes.isEmpty() || sharedBy.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Seen(Integer.parseInt(level.get()), type.get(), bytes.getAsLong(), sharedBy.get()));
        }

        /** The list of those that share it or, where there is none, those that call theirs by the same number. */
        private Optional<Set<Integer>> sharedBy(int processor, String cache) {
            Optional<NavigableSet<Integer>> list = files.numbers(cache + "/shared_cpu_list");
            Set<Integer> processors = new TreeSet<>(Set.of(processor));
            if (list.isPresent()) {
                processors.addAll(list.get());
                processors.retainAll(topology.online());
                return Optional.of(processors);
            }
            Optional<String> id = files.words(cache + "/id");
            String index = cache.substring(cache.lastIndexOf('/'));
            topology.online().stream()
                    .filter(other -> files.words(folder(other) + index + "/id").equals(id))
                    .forEach(processors::add);
            return id.map(known -> processors);
        }

        private static String folder(int processor) {
            return Topology.FOLDER + "/cpu" + processor + "/cache";
        }

        private static OptionalLong bytes(String size) {
            Matcher matcher = SIZE.matcher(size);
            if (!matcher.matches()) {
                return OptionalLong.empty();
            }
            int shift = switch (matcher.group(2)) {
                case "K", "k" -> 10;
                case "M", "m" -> 20;
                default -> 0;
            };
            long bytes = Long.parseLong(matcher.group(1)) << shift;
            return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        }
    }
}
