package dev.tare.io.file;

import dev.tare.io.blockstack.BlockStack;
import dev.tare.io.blockstack.CacheSuspicion;
import dev.tare.io.blockstack.DeviceTree;
import dev.tare.io.blockstack.DeviceUse;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.blockstack.Marks;
import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.DeviceException;
import dev.tare.io.linux.LinuxFile;
import dev.tare.io.workload.OpenTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file or raw device as a target.
 *
 * @param device what to do I/O on
 * @param mayBeFilled whether it was made for this benchmark, or may be overwritten by it
 * @param stack what is behind it
 * @param isDirect whether I/O goes around this system's page cache
 * @param workingSetBytes bytes that are accessed, from position 0 on
 */
public record FileTarget(
        BlockDevice device, boolean mayBeFilled, BlockStack stack, boolean isDirect, long workingSetBytes)
        implements OpenTarget {
    /**
     * Opens what a request names, or refuses.
     *
     * @throws DeviceException when it is missing, is not what the request requires, or would have to be overwritten
     *     without leave
     */
    public static FileTarget open(FileRequest request) throws IOException {
        return open(request, DeviceTree.ofThisSystem());
    }

    static FileTarget open(FileRequest request, DeviceTree tree) throws IOException {
        Path path = request.path();
        if (Files.isDirectory(path)) {
            return ownFile(request, path, tree);
        }
        if (!Files.exists(path)) {
            throw new DeviceException(
                    "target " + path,
                    "a folder, a file or a block device",
                    "nothing there",
                    "make it, or name another");
        }
        boolean raw = LinuxFile.isBlockDevice(path);
        if (!raw && !Files.isRegularFile(path)) {
            throw new DeviceException(
                    "target " + path, "a folder, a file or a block device", "something else", "name another");
        }
        if (request.writes() && !request.leave().isGiven()) {
            throw new DeviceException(
                    "writing to the existing " + (raw ? "device " : "file ") + path,
                    "overwrite=true",
                    "overwrite=false",
                    "name a folder to work on a new file; overwrite=true destroys what is there");
        }
        return existing(request, path, raw, tree);
    }

    private static FileTarget ownFile(FileRequest request, Path folder, DeviceTree tree) throws IOException {
        BlockStack stack = tree.ofFile(folder);
        Backing backing = Backing.check(request, stack);
        OwnFile own = OwnFile.create(folder);
        try {
            return in(own, request, folder, stack, backing);
        } catch (IOException | RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    static FileTarget in(OwnFile own, FileRequest request, Path folder, BlockStack stack, Backing backing)
            throws IOException {
        int leftOvers = own.deleteLeftOvers();
        requireSpace(folder, request.workingSetBytes());
        OpenFile file = OpenFile.open(own.path(), true, request.mode(), true, false);
        try {
            file.requireEngine();
            own.holdBy(file.channel());
            // Not the file, whose name is another in every fork: forks are alike when their facts are.
            Map<String, String> facts = facts(request, folder, file, "a file of ours in the folder");
            facts.put("extents", "allocated: written in full before measuring");
            if (leftOvers > 0) {
                facts.put("left-overs-deleted", Integer.toString(leftOvers));
            }
            backing.addTo(facts, stack);
            return new FileTarget(
                    new FileDevice(file.named(own.path()), request.workingSetBytes(), true, facts, own),
                    true,
                    stack,
                    isDirect(file),
                    request.workingSetBytes());
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static FileTarget existing(FileRequest request, Path path, boolean raw, DeviceTree tree)
            throws IOException {
        BlockStack stack = raw ? tree.ofDevice(path) : tree.ofFile(path);
        Backing backing = Backing.check(request, stack);
        Map<String, String> safety =
                raw && request.writes() ? requireUnused(path, tree, request.leave(), Leave.MARKS_DESTROY) : Map.of();
        OpenFile file = OpenFile.open(path, request.writes(), request.mode(), false, raw && request.writes());
        try {
            file.requireEngine();
            long sizeBytes = file.channel().size();
            Map<String, String> facts = facts(request, path, file, raw ? "raw device" : "existing file");
            facts.put("extents", raw ? "not a file" : file.extents(sizeBytes));
            facts.put(
                    "content",
                    request.writes() ? "overwritten and verified" : "not ours: sizes are checked, bytes are not");
            facts.putAll(safety);
            backing.addTo(facts, stack);
            return new FileTarget(
                    new FileDevice(file, sizeBytes, request.writes(), facts, () -> {}),
                    request.writes(),
                    stack,
                    isDirect(file),
                    request.workingSetBytes());
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Map<String, String> facts() {
        return CacheSuspicion.memoryFact();
    }

    @Override
    public Map<String, String> factsAtEnd(double fastestBytesPerS) {
        return CacheSuspicion.of(stack, isDirect).fact(workingSetBytes, fastestBytesPerS);
    }

    @Override
    public void close() throws IOException {
        device.close();
    }

    private static Map<String, String> facts(FileRequest request, Path target, OpenFile file, String kind) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("target", target.toString());
        facts.put("target-kind", kind);
        facts.put("direct", file.direct());
        facts.put("io-interface", file.interfaceAt(request.queueDepth()));
        return facts;
    }

    private static boolean isDirect(OpenFile file) {
        return file.direct().equals("yes");
    }

    private static void requireSpace(Path folder, long bytes) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < bytes) {
            throw new DeviceException(
                    "space in " + folder,
                    bytes + " bytes",
                    usable + " bytes",
                    "choose a smaller sizeBytes or another target");
        }
    }

    /**
     * Checks that a block device may be written as far as this system shows; files of other kinds pass.
     *
     * @param howToDestroy the words by which the user gives leave to destroy what it carries
     * @throws DeviceException when it is in use, or carries, without leave to destroy it, a partition table, a file system, or
     *     a RAID or volume signature
     */
    public static void requireUnused(Path path, Leave leave, String howToDestroy) throws IOException {
        if (LinuxFile.isBlockDevice(path)) {
            requireUnused(path, DeviceTree.ofThisSystem(), leave, howToDestroy);
        }
    }

    /** Returns what was found, as facts. */
    private static Map<String, String> requireUnused(Path path, DeviceTree tree, Leave leave, String howToDestroy)
            throws IOException {
        List<String> uses = new ArrayList<>(new DeviceUse(tree).of(path));
        Optional<Boolean> held = LinuxFile.isHeld(path);
        if (uses.isEmpty() && held.equals(Optional.of(true))) {
            uses.add("something holds it that the kernel does not show, such as a target that serves it, or a mount in "
                    + "another namespace");
        }
        Marks marks;
        // The first look needs no more than reading, so that nothing can go wrong with it.
        try (OpenFile file = OpenFile.open(path, false, OpenMode.CACHED, false, false)) {
            marks = Marks.of(path, new FileDevice(file, file.channel().size(), false, Map.of(), () -> {}));
        }
        DeviceUse.requireUnused("the device " + path, uses, marks, leave, howToDestroy);
        return Map.of(
                "device-holders",
                held.isPresent() ? "none" : "unknown: neither this JVM nor wipefs can open it for itself alone",
                "device-marks",
                marks.words() + (marks.found().isEmpty() ? "" : "; destroyed by leave"));
    }

    /** Whether a target lies on iSCSI: as the system shows, or by the user's word where it cannot be seen. */
    enum Backing {
        SEEN_AS_ISCSI("iSCSI, by the kernel's initiator"),
        SAID_TO_BE_ISCSI("iSCSI, by the user's word: this system cannot see it"),
        NOT_ISCSI("not iSCSI, as far as this system can see"),
        UNKNOWN("unknown: this system shows no device behind the target");

        private final String words;

        Backing(String words) {
            this.words = words;
        }

        static Backing check(FileRequest request, BlockStack stack) throws DeviceException {
            Backing backing = seen(request, stack);
            if (request.requiresIscsi() && backing != SEEN_AS_ISCSI && backing != SAID_TO_BE_ISCSI) {
                throw new DeviceException(
                        "target " + request.target(),
                        "every device behind it to come from an iSCSI session (require=iscsi)",
                        stack.path().isEmpty() ? "no device to be seen" : String.join(" <- ", stack.path()),
                        "log in to the LUN, or say backing=iscsi where the host did and this guest cannot see it");
            }
            return backing;
        }

        private static Backing seen(FileRequest request, BlockStack stack) {
            if (stack.isIscsi()) {
                return SEEN_AS_ISCSI;
            }
            if (request.isIscsiByTheUsersWord()) {
                return SAID_TO_BE_ISCSI;
            }
            return stack.isUnknown() ? UNKNOWN : NOT_ISCSI;
        }

        void addTo(Map<String, String> facts, BlockStack stack) {
            facts.putAll(stack.facts());
            facts.put("backing", words);
        }
    }
}
