package dev.tare.io.origin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is behind a path.
 *
 * @param fileSystem its type, {@code none} for a raw device, or {@code unknown}
 * @param inMemory whether the file system keeps its files in memory
 * @param path names of the devices from the file to the leaves, as they were visited
 * @param leaves the devices at the bottom; none when the system shows none
 * @param hiddenCaches caches of this system below the file that direct I/O does not go around
 */
public record Origin(
        String fileSystem, boolean inMemory, List<String> path, List<Leaf> leaves, List<String> hiddenCaches) {
    /** Whether every leaf comes from the kernel's iSCSI initiator, and there is one. */
    public boolean isIscsi() {
        return !leaves.isEmpty()
                && leaves.stream().allMatch(leaf -> leaf.session().isPresent());
    }

    /** What all links together can carry; empty when the speed of one is not known. */
    public OptionalLong linkBytesPerS() {
        return leaves.isEmpty()
                        || leaves.stream().anyMatch(leaf -> leaf.linkBytesPerS().isEmpty())
                ? OptionalLong.empty()
                : OptionalLong.of(leaves.stream()
                        .mapToLong(leaf -> leaf.linkBytesPerS().getAsLong())
                        .sum());
    }

    /** As facts; of several leaves the differing values are joined. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("file-system", fileSystem);
        facts.put("device-path", path.isEmpty() ? "unknown" : String.join(" <- ", path));
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            leaf.facts()
                    .forEach((key, value) -> values.computeIfAbsent(key, unseen -> new LinkedHashSet<>())
                            .add(value));
        }
        values.forEach((key, all) -> facts.put(key, String.join(", ", all)));
        List<IscsiSession> sessions =
                leaves.stream().flatMap(leaf -> leaf.session().stream()).toList();
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
