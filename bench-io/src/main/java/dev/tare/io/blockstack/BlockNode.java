package dev.tare.io.blockstack;

import dev.tare.machine.KernelPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A block device's folder in /sys.
 *
 * @param folder its real path, below {@code /sys/devices}
 */
record BlockNode(Path folder) {
    /** Such as {@code sda1}. */
    String name() {
        return String.valueOf(folder.getFileName());
    }

    boolean isPartition() {
        return Files.exists(folder.resolve("partition"));
    }

    /** The whole disk of a partition. */
    BlockNode parent() {
        return new BlockNode(folder.resolveSibling(""));
    }

    /** The disk that carries the queue: itself, or the partition's disk. */
    BlockNode disk() {
        return isPartition() ? parent() : this;
    }

    List<BlockNode> slaves() throws IOException {
        return linked("slaves");
    }

    /** Devices built on this one: volumes, RAIDs, multipaths. */
    List<BlockNode> holders() throws IOException {
        return linked("holders");
    }

    List<BlockNode> partitions() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.exists(child.resolve("partition")))
                    .sorted()
                    .map(BlockNode::new)
                    .toList();
        }
    }

    /** First line of an attribute such as {@code queue/scheduler}; empty when there is none or it has no content. */
    Optional<String> attribute(String name) {
        return value(folder.resolve(name));
    }

    /** Of a file of /sys or /proc that holds one value, or empty when it is absent, unreadable or blank: all are unknown. */
    static Optional<String> value(Path file) {
        try {
            // Not readString, which fails at a byte that is not UTF-8: a disk may call itself whatever it likes.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Optional.of(text.strip()).filter(value -> !value.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The path that an attribute such as {@code loop/backing_file} holds, whatever its bytes; empty when there is none. */
    Optional<Path> path(String name) {
        try {
            return KernelPath.of(KernelPath.text(folder.resolve(name)).replaceFirst("\n$", ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    OptionalLong number(String name) {
        return attribute(name)
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    private List<BlockNode> linked(String kind) throws IOException {
        Path links = folder.resolve(kind);
        if (!Files.isDirectory(links)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(links)) {
            List<BlockNode> nodes = new ArrayList<>();
            for (Path entry : entries.sorted().toList()) {
                nodes.add(new BlockNode(entry.toRealPath()));
            }
            return nodes;
        }
    }
}
