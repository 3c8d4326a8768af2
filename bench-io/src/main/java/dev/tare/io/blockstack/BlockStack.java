package dev.tare.io.blockstack;

import dev.tare.io.blockstack.PhysicalDevice.IscsiSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is behind a path: the block devices of this system from a file or node down to the physical devices.
 *
 * @param fileSystem its type, {@code none} for a raw device, or {@code unknown}
 * @param inMemory whether the file system keeps its files in memory
 * @param path names of the devices from the file to the physical devices, as they were visited
 * @param devices the devices at the bottom; none when the system shows none
 * @param hiddenCaches caches of this system below the file that direct I/O does not go around
 */
public record BlockStack(
        String fileSystem,
        boolean inMemory,
        List<String> path,
        List<PhysicalDevice> devices,
        List<String> hiddenCaches) {
    /** Whether every device comes from the kernel's iSCSI initiator, and there is one. */
    public boolean isIscsi() {
        return !devices.isEmpty()
                && devices.stream().allMatch(device -> device.session().isPresent());
    }

    /** Whether this system shows no device. */
    public boolean isUnknown() {
        return devices.isEmpty();
    }

    /** What all links together can carry; empty when the speed of one is not known. */
    public OptionalLong linkBytesPerS() {
        return devices.isEmpty()
                        || devices.stream()
                                .anyMatch(device -> device.linkBytesPerS().isEmpty())
                ? OptionalLong.empty()
                : OptionalLong.of(devices.stream()
                        .mapToLong(device -> device.linkBytesPerS().getAsLong())
                        .sum());
    }

    /** As facts; of several devices the differing values are joined. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("file-system", fileSystem);
        facts.put("device-path", path.isEmpty() ? "unknown" : String.join(" <- ", path));
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (PhysicalDevice device : devices) {
            device.facts()
                    .forEach((key, value) -> values.computeIfAbsent(key, unseen -> new LinkedHashSet<>())
                            .add(value));
        }
        values.forEach((key, all) -> facts.put(key, String.join(", ", all)));
        List<IscsiSession> sessions =
                devices.stream().flatMap(device -> device.session().stream()).toList();
        if (!sessions.isEmpty()) {
            facts.put(
                    "iscsi-target",
                    joined(sessions.stream().map(IscsiSession::target).toList()));
            facts.put(
                    "iscsi-portal",
                    joined(sessions.stream().map(IscsiSession::portal).toList()));
        }
        facts.put(
                "device-link-mb-per-s",
                linkBytesPerS().isPresent() ? Long.toString(linkBytesPerS().getAsLong() / 1_000_000) : "unknown");
        return facts;
    }

    private static String joined(List<String> values) {
        return new ArrayList<>(new LinkedHashSet<>(values)).stream().collect(Collectors.joining(", "));
    }
}
