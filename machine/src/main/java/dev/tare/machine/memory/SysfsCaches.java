package dev.tare.machine.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what Linux tells of caches below {@code /sys/devices/system/cpu}. */
final class SysfsCaches {
    private SysfsCaches() {}

    /**
     * The caches of all processors; a guest whose hypervisor hides them has none.
     *
     * @param processors the folder that holds {@code cpu0}, {@code cpu1}, ...
     */
    static Caches read(Path processors) {
        Map<Integer, List<Found>> byLevel = cachesIn(processors).stream()
                .filter(cache -> !text(cache, "type").equals("Instruction"))
                .map(cache -> new Found(
                        Integer.parseInt(text(cache, "level")),
                        bytes(text(cache, "size")),
                        text(cache, "shared_cpu_list")))
                .distinct()
                .collect(Collectors.groupingBy(Found::level));
        return new Caches(byLevel.values().stream().map(SysfsCaches::level).toList());
    }

    /** Cores differ on hybrid machines: what fits the smallest cache of a level fits all. */
    private static CacheLevel level(List<Found> caches) {
        long smallest = caches.stream().mapToLong(Found::bytes).min().orElseThrow();
        return new CacheLevel(caches.get(0).level(), smallest, caches.size());
    }

    private record Found(int level, long bytes, String processors) {}

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
}
