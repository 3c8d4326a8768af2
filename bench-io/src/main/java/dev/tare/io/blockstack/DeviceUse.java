package dev.tare.io.blockstack;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a block device is used for and what it carries, either of which forbids to overwrite it. */
public final class DeviceUse {
    private final DeviceTree tree;

    /** Asks the given tree. */
    public DeviceUse(DeviceTree tree) {
        this.tree = tree;
    }

    /**
     * Every use of a device that this system shows: partitions, devices built on it, mounts, swap; empty when it is free
     * as far as can be seen.
     */
    public List<String> of(Path node) throws IOException {
        Optional<BlockNode> device = tree.node(node);
        if (device.isEmpty()) {
            return List.of("nothing is known of it: /sys does not show it");
        }
        List<String> uses = new ArrayList<>();
        if (device.get().attribute("ro").equals(Optional.of("1"))) {
            uses.add("it is read-only");
        }
        add(uses, "it has partitions: ", device.get().partitions());
        add(uses, "devices are built on it: ", device.get().holders());
        String number = device.get().attribute("dev").orElse("unknown");
        for (Mount mount : tree.mounts()) {
            if (mount.device().equals(number) || isSame(mount.source(), node)) {
                uses.add("it is mounted at " + mount.point());
            }
        }
        for (Path swap : tree.swaps()) {
            if (isSame(swap.toString(), node)) {
                uses.add("it is swap space");
            }
        }
        return uses;
    }

    /**
     * Refuses to overwrite a device that is used for something, or carries a signature.
     *
     * @param name of it, for the message
     * @param uses of it that are known already
     * @throws DeviceException that names all reasons
     */
    public static void requireUnused(String name, List<String> uses, BlockDevice device) throws IOException {
        List<String> reasons = new ArrayList<>(uses);
        Signature.found(device).forEach(what -> reasons.add("it carries " + what));
        if (!reasons.isEmpty()) {
            throw new DeviceException(
                    "writing to " + name,
                    "an unused one without partition table, file system, RAID or volume signature",
                    String.join("; ", reasons),
                    "nothing was written; if it really may be destroyed, free it and run wipefs on it first");
        }
    }

    private static void add(List<String> uses, String what, List<BlockNode> nodes) {
        if (!nodes.isEmpty()) {
            uses.add(what + nodes.stream().map(BlockNode::name).collect(Collectors.joining(", ")));
        }
    }

    private static boolean isSame(String source, Path node) throws IOException {
        Path other = Path.of(source);
        return other.isAbsolute() && Files.exists(other) && Files.isSameFile(other, node);
    }
}
