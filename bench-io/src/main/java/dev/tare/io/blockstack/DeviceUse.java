package dev.tare.io.blockstack;

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
            if (mount.device().equals(number) || isSame(mount.sourcePath(), node)) {
                uses.add("it is mounted at " + mount.point());
            }
        }
        for (Path swap : tree.swaps()) {
            if (isSame(Optional.of(swap), node)) {
                uses.add("it is swap space");
            }
        }
        return uses;
    }

    /**
     * Refuses to overwrite a device that is used for something, or carries marks without leave to destroy them.
     *
     * @param name of it, for the message
     * @param uses of it that are known already; no leave covers them
     * @param howToDestroy the words by which the user gives leave to destroy marks, such as {@code marks=destroy}
     * @throws DeviceException that names all reasons
     */
    public static void requireUnused(String name, List<String> uses, Marks marks, Leave leave, String howToDestroy)
            throws DeviceException {
        boolean destroys = leave == Leave.TO_DESTROY_MARKS;
        List<String> reasons = new ArrayList<>(uses);
        if (!destroys) {
            marks.found().forEach(what -> reasons.add("it carries " + what));
        }
        if (!reasons.isEmpty()) {
            throw new DeviceException(
                    "writing to " + name,
                    destroys
                            ? "an unused one"
                            : "an unused one without partition table, file system, RAID or volume signature",
                    String.join("; ", reasons),
                    "nothing was written; if it really may be destroyed, free it"
                            + (marks.found().isEmpty() || destroys
                                    ? ""
                                    : ", and run wipefs on it or say " + howToDestroy));
        }
    }

    private static void add(List<String> uses, String what, List<BlockNode> nodes) {
        if (!nodes.isEmpty()) {
            uses.add(what + nodes.stream().map(BlockNode::name).collect(Collectors.joining(", ")));
        }
    }

    private static boolean isSame(Optional<Path> other, Path node) {
        try {
            return other.isPresent() && Files.exists(other.get()) && Files.isSameFile(other.get(), node);
        } catch (IOException e) {
            // A name of somebody else's that leads nowhere, or where we may not go, is not the node, which we can
            // reach.
            return false;
        }
    }
}
