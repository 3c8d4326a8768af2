package dev.tare.machine.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * What OSHI tells, on systems other than Linux: the caches' sizes but not their number, so that each package counts as
     * having one of a level.
     */
    static Caches ofOshi() {
        CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
        return ofOshi(processor.getProcessorCaches(), processor.getPhysicalPackageCount());
    }

    static Caches ofOshi(List<ProcessorCache> caches, int packages) {
        return new Caches(caches.stream()
                .filter(cache ->
                        cache.getType() == ProcessorCache.Type.DATA || cache.getType() == ProcessorCache.Type.UNIFIED)
                .map(cache -> new CacheLevel(cache.getLevel(), cache.getCacheSize(), packages))
                .toList());
    }

    /**
     * What Linux tells below {@code /sys/devices/system/cpu}: the caches of all processors; a guest whose hypervisor hides them
     * has none.
     *
     * @param processors the folder that holds {@code cpu0}, {@code cpu1}, ...
     */
    static Caches ofLinux(Path processors) {
        Map<Integer, List<Found>> byLevel = cachesIn(processors).stream()
                .filter(cache -> !text(cache, "type").equals("Instruction"))
                .map(cache -> new Found(
                        Integer.parseInt(text(cache, "level")),
                        bytes(text(cache, "size")),
                        text(cache, "shared_cpu_list")))
                .distinct()
                .collect(Collectors.groupingBy(Found::level));
        return new Caches(byLevel.values().stream().map(Caches::level).toList());
    }

    /** Cores differ on hybrid machines: what fits the smallest cache of a level fits all. */
    private static CacheLevel level(List<Found> caches) {
        long smallest = caches.stream().mapToLong(Found::bytes).min().orElseThrow();
        return new CacheLevel(caches.get(0).level(), smallest, caches.size());
    }

    private static List<Path> cachesIn(Path processors) {
        if (!Files.isDirectory(processors)) {
            return List.of();
        }
        List<Path> caches = new ArrayList<>();
        for (Path processor : children(processors, "cpu[0-9]+")) {
            Path folder = processor.resolve("cache");
            if (Files.isDirectory(folder)) {
                caches.addAll(children(folder, "index[0-9]+"));
            }
        }
        // Some hypervisors list a cache without its size.
        caches.removeIf(cache -> !Stream.of("type", "level", "size", "shared_cpu_list")
                .allMatch(name -> Files.isReadable(cache.resolve(name))));
        return caches;
    }

    private static List<Path> children(Path folder, String name) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().matches(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static String text(Path cache, String name) {
        try {
            return Files.readString(cache.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + cache.resolve(name), e);
        }
    }

    /** The kernel prints {@code 32K}, and units up to {@code M} are accepted. */
    private static long bytes(String size) {
        String upper = size.toUpperCase(Locale.ROOT);
        if (upper.endsWith("K")) {
            return Long.parseLong(upper.substring(0, upper.length() - 1)) << 10;
        }
        if (upper.endsWith("M")) {
            return Long.parseLong(upper.substring(0, upper.length() - 1)) << 20;
        }
        return Long.parseLong(upper);
    }

    private record Found(int level, long bytes, String processors) {}
}
