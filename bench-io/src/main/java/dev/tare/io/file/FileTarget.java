package dev.tare.io.file;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.DeviceException;
import dev.tare.io.origin.CacheDoubt;
import dev.tare.io.origin.DeviceTree;
import dev.tare.io.origin.DeviceUse;
import dev.tare.io.origin.Origin;
import dev.tare.io.origin.Signature;
import dev.tare.io.workload.OpenTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file or raw device as a target.
 *
 * @param device what to do I/O on
 * @param mayBeFilled whether it was made for this benchmark, or may be overwritten by it
 * @param origin what is behind it
 * @param isDirect whether I/O goes around this system's page cache
 * @param workingSetBytes bytes that are accessed, from position 0 on
 */
public record FileTarget(BlockDevice device, boolean mayBeFilled, Origin origin, boolean isDirect, long workingSetBytes)
        implements OpenTarget {
    private static final int TYPE_MASK = 0xf000;
    private static final int BLOCK_DEVICE = 0x6000;

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
        Path path = Path.of(request.target()).toAbsolutePath().normalize();
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
        boolean raw = isBlockDevice(path);
        if (!raw && !Files.isRegularFile(path)) {
            throw new DeviceException(
                    "target " + path, "a folder, a file or a block device", "something else", "name another");
        }
        if (request.writes() && !request.overwrite()) {
            throw new DeviceException(
                    "writing to the existing " + (raw ? "device " : "file ") + path,
                    "overwrite=true",
                    "overwrite=false",
                    "name a folder to work on a new file; overwrite=true destroys what is there");
        }
        return existing(request, path, raw, tree);
    }

    private static FileTarget ownFile(FileRequest request, Path folder, DeviceTree tree) throws IOException {
        Origin origin = tree.ofFile(folder);
        Backing backing = Backing.check(request, origin);
        OwnFile own = OwnFile.create(folder);
        try {
            int leftOvers = own.deleteLeftOvers();
            requireSpace(folder, request.workingSetBytes());
            OpenFile file = OpenFile.open(own.path(), true, request.direct(), true, false);
            own.holdBy(file.channel());
            // Not the file, whose name is another in every fork: forks are alike when their facts are.
            Map<String, String> facts = facts(request, folder, file, "a file of ours in the folder");
            facts.put("extents", "allocated: written in full before measuring");
            if (leftOvers > 0) {
                facts.put("left-overs-deleted", Integer.toString(leftOvers));
            }
            backing.addTo(facts, origin);
            return new FileTarget(
                    new FileDevice(file, request.workingSetBytes(), facts, own),
                    true,
                    origin,
                    isDirect(file),
                    request.workingSetBytes());
        } catch (IOException e) {
            own.close();
            throw e;
        }
    }

    private static FileTarget existing(FileRequest request, Path path, boolean raw, DeviceTree tree)
            throws IOException {
        Origin origin = raw ? tree.ofDevice(path) : tree.ofFile(path);
        Backing backing = Backing.check(request, origin);
        if (raw && request.writes()) {
            requireUnused(path, tree);
        }
        OpenFile file = OpenFile.open(path, request.writes(), request.direct(), false, raw && request.writes());
        long sizeBytes = file.channel().size();
        Map<String, String> facts = facts(request, path, file, raw ? "raw device" : "existing file");
        facts.put("extents", raw ? "not a file" : Extents.of(file, sizeBytes));
        facts.put(
                "content",
                request.writes() ? "overwritten and verified" : "not ours: sizes are checked, bytes are not");
        backing.addTo(facts, origin);
        return new FileTarget(
                new FileDevice(file, sizeBytes, facts, () -> {}),
                request.writes(),
                origin,
                isDirect(file),
                request.workingSetBytes());
    }

    @Override
    public Map<String, String> facts() {
        return CacheDoubt.memoryFact();
    }

    @Override
    public Map<String, String> factsAtEnd(double fastestBytesPerS) {
        return CacheDoubt.of(origin, isDirect).fact(workingSetBytes, fastestBytesPerS);
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

    private static boolean isBlockDevice(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == BLOCK_DEVICE;
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
     * @throws DeviceException when it is in use, or carries a partition table, a file system, or a RAID or volume
     *     signature
     */
    public static void requireUnused(Path path) throws IOException {
        if (isBlockDevice(path)) {
            requireUnused(path, DeviceTree.ofThisSystem());
        }
    }

    private static void requireUnused(Path path, DeviceTree tree) throws IOException {
        List<String> reasons = new ArrayList<>(new DeviceUse(tree).of(path));
        // The first look needs no more than reading, so that nothing can go wrong with it.
        OpenFile file = OpenFile.open(path, false, false, false, false);
        try (BlockDevice device = new FileDevice(file, file.channel().size(), Map.of(), () -> {})) {
            Signature.found(device).forEach(what -> reasons.add("it carries " + what));
        }
        DeviceUse.refuse("the device " + path, reasons);
    }
}
