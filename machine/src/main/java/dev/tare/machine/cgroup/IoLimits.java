package dev.tare.machine.cgroup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The smallest limits of each block device over a group and those around it, by the names of v2. */
final class IoLimits {
    private static final List<String> V1_KINDS = List.of("read_bps", "write_bps", "read_iops", "write_iops");

    private final Map<String, Map<String, Long>> byDevice = new TreeMap<>();

    static IoLimits of(Hierarchy hierarchy) {
        IoLimits limits = new IoLimits();
        for (Hierarchy.Group group : hierarchy.groups()) {
            if (hierarchy.unified()) {
                group.text("io.max", "").lines().forEach(limits::addUnified);
            } else {
                V1_KINDS.forEach(kind -> limits.addFirstVersion(group, kind));
            }
        }
        return limits;
    }

    /** One text for each device, such as {@code 8:16 rbps=2097152 wiops=120}. */
    List<String> perDevice() {
        return byDevice.entrySet().stream()
                .map(device -> device.getKey() + " "
                        + String.join(
                                " ",
                                device.getValue().entrySet().stream()
                                        .map(limit -> limit.getKey() + "=" + limit.getValue())
                                        .toList()))
                .toList();
    }

    /** {@code 8:16 rbps=2097152 wbps=max riops=max wiops=120}. */
    private void addUnified(String line) {
        List<String> words = List.of(line.split(" "));
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                add(words.get(0), word.substring(0, equals), word.substring(equals + 1));
            }
        }
    }

    private void addFirstVersion(Hierarchy.Group group, String kind) {
        // read_bps and write_iops of v1 are rbps and wiops of v2.
        String name = kind.charAt(0) + kind.substring(kind.indexOf('_') + 1);
        group.text("", "blkio.throttle." + kind + "_device")
                .lines()
                .map(line -> List.of(line.split(" ")))
                .filter(words -> words.size() == 2)
                .forEach(words -> add(words.get(0), name, words.get(1)));
    }

    private void add(String device, String name, String value) {
        Hierarchy.Group.numberOf(value)
                .ifPresent(limit ->
                        byDevice.computeIfAbsent(device, key -> new TreeMap<>()).merge(name, limit, Math::min));
    }
}
