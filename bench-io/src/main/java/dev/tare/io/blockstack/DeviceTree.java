package dev.tare.io.blockstack;

import dev.tare.machine.KernelPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The block devices of this system, by way of /sys and /proc. */
public final class DeviceTree {
    private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs", "devtmpfs");

    /** Asks the system on which device a file is, and which device a node stands for; tests answer from a table. */
    interface Numbers {
        DeviceNumber holding(Path file) throws IOException;

        DeviceNumber of(Path node) throws IOException;
    }

    /**
     * The kernel's number of a device.
     *
     * @param major of the driver; 0 for file systems without a device
     * @param minor of the device
     */
    record DeviceNumber(int major, int minor) {
        /** Of the device that a file lies on. */
        static DeviceNumber holding(Path file) throws IOException {
            return decode((long) Files.getAttribute(file, "unix:dev"));
        }

        /** Of a device node. */
        static DeviceNumber of(Path node) throws IOException {
            return decode((long) Files.getAttribute(node, "unix:rdev"));
        }

        /** Splits a {@code dev_t} as glibc's {@code gnu_dev_major} and {@code gnu_dev_minor} do. */
        static DeviceNumber decode(long dev) {
            long major = ((dev >>> 8) & 0xfff) | ((dev >>> 32) & ~0xfffL);
            long minor = (dev & 0xff) | ((dev >>> 12) & ~0xffL);
            return new DeviceNumber((int) major, (int) minor);
        }

        @Override
        public String toString() {
            return major + ":" + minor;
        }
    }

    private final Path sys;
    private final Path proc;
    private final Numbers numbers;

    DeviceTree(Path sys, Path proc, Numbers numbers) {
        this.sys = sys;
        this.proc = proc;
        this.numbers = numbers;
    }

    /** That of the running system. */
    public static DeviceTree ofThisSystem() {
        return new DeviceTree(Path.of("/sys"), Path.of("/proc"), new Numbers() {
            @Override
            public DeviceNumber holding(Path file) throws IOException {
                return DeviceNumber.holding(file);
            }

            @Override
            public DeviceNumber of(Path node) throws IOException {
                return DeviceNumber.of(node);
            }
        });
    }

    /** What is behind an existing file or folder. What this system does not show (elsewhere than on Linux: all) is unknown. */
    public BlockStack ofFile(Path file) throws IOException {
        if (!Files.isDirectory(sys.resolve("dev/block"))) {
            return new BlockStack("unknown", false, List.of(), List.of(), List.of());
        }
        Walk walk = new Walk();
        Optional<Mount> mount = mountOf(file.toRealPath());
        walk.file(file, mount);
        String type = mount.map(Mount::type).orElse("unknown");
        return walk.stack(type, IN_MEMORY.contains(type));
    }

    /** What is behind a block device's node. */
    public BlockStack ofDevice(Path node) throws IOException {
        Walk walk = new Walk();
        Optional<BlockNode> device = node(numbers.of(node));
        if (device.isPresent()) {
            walk.node(device.get());
        }
        return walk.stack("none", false);
    }

    /** The device of a node, if /sys shows it. */
    Optional<BlockNode> node(Path node) throws IOException {
        return node(numbers.of(node));
    }

    private Optional<BlockNode> node(DeviceNumber number) throws IOException {
        Path link = sys.resolve("dev/block/" + number);
        return Files.exists(link) ? Optional.of(new BlockNode(link.toRealPath())) : Optional.empty();
    }

    /** All mounts that this process sees, in the order in which they were made. */
    List<Mount> mounts() throws IOException {
        return KernelPath.lines(proc.resolve("self/mountinfo")).stream()
                .flatMap(line -> Mount.parse(line).stream())
                .toList();
    }

    /** Nodes and files that are swapped to. */
    List<Path> swaps() throws IOException {
        return KernelPath.lines(proc.resolve("swaps")).stream()
                .flatMap(line -> KernelPath.of(KernelPath.unescape(line.replaceFirst("[ \t].*", ""))).stream())
                .toList();
    }

    private Optional<Mount> mountOf(Path file) throws IOException {
        Optional<Mount> found = Optional.empty();
        for (Mount mount : mounts()) {
            boolean nearer = found.isEmpty()
                    || mount.point().getNameCount() >= found.get().point().getNameCount();
            if (file.startsWith(mount.point()) && nearer) {
                found = Optional.of(mount);
            }
        }
        return found;
    }

    private final class Walk {
        private final List<String> path = new ArrayList<>();
        private final List<PhysicalDevice> devices = new ArrayList<>();
        private final List<String> caches = new ArrayList<>();

        void file(Path file, Optional<Mount> mount) throws IOException {
            DeviceNumber number = numbers.holding(file);
            Optional<BlockNode> device = number.major() == 0 ? Optional.empty() : DeviceTree.this.node(number);
            if (device.isPresent()) {
                node(device.get());
            } else if (mount.isPresent()) {
                source(mount.get());
            }
        }

        // File systems such as btrfs and overlay have a number of their own; their mount tells what is below.
        private void source(Mount mount) throws IOException {
            Optional<Path> source = mount.sourcePath();
            Optional<Path> upper = mount.option("upperdir").flatMap(KernelPath::of);
            if (source.isPresent() && Files.exists(source.get(), LinkOption.NOFOLLOW_LINKS)) {
                Optional<BlockNode> device = DeviceTree.this.node(numbers.of(source.get()));
                if (device.isPresent()) {
                    members(device.get());
                }
            } else if (upper.isPresent() && Files.exists(upper.get())) {
                path.add("overlay");
                file(upper.get(), mountOf(upper.get().toRealPath()));
            }
        }

        // A btrfs names one device in its mount and all of them in /sys.
        private void members(BlockNode device) throws IOException {
            Path pools = sys.resolve("fs/btrfs");
            if (Files.isDirectory(pools)) {
                try (var all = Files.newDirectoryStream(pools)) {
                    for (Path pool : all) {
                        if (Files.exists(pool.resolve("devices").resolve(device.name()))) {
                            try (var members = Files.newDirectoryStream(pool.resolve("devices"))) {
                                for (Path member : members) {
                                    node(new BlockNode(member.toRealPath()));
                                }
                            }
                            return;
                        }
                    }
                }
            }
            node(device);
        }

        void node(BlockNode node) throws IOException {
            path.add(node.name());
            Optional<Path> backingFile = node.path("loop/backing_file");
            List<BlockNode> slaves = node.slaves();
            if (node.isPartition()) {
                node(node.parent());
            } else if (!slaves.isEmpty()) {
                for (BlockNode slave : slaves) {
                    node(slave);
                }
            } else if (backingFile.isPresent() && Files.exists(backingFile.get())) {
                if (!node.attribute("loop/dio").equals(Optional.of("1"))) {
                    caches.add("page cache below " + node.name());
                }
                file(backingFile.get(), mountOf(backingFile.get().toRealPath()));
            } else {
                devices.add(PhysicalDevice.of(sys, node));
            }
        }

        BlockStack stack(String fileSystem, boolean inMemory) {
            return new BlockStack(fileSystem, inMemory, List.copyOf(path), List.copyOf(devices), List.copyOf(caches));
        }
    }
}
