package dev.tare.io;

import dev.tare.harness.Facts;
import dev.tare.harness.Parameters;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.DeviceException;
import dev.tare.io.file.FileRequest;
import dev.tare.io.file.FileTarget;
import dev.tare.io.file.OpenMode;
import dev.tare.io.file.OpenMode.Engine;
import dev.tare.io.linux.LinuxFile;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.Durability;
import dev.tare.io.workload.OpenTarget;
import dev.tare.iscsi.initiator.LunAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * Sequential and random I/O on a file or a raw device.
 *
 * <p>Every request passes the block layers and the interrupts of the guest and of its host: small blocks show the cost
 * of a request, large ones the cost of moving bytes. What a disk's or a storage server's own cache hides is measured with
 * it, unless the working set is larger.
 */
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class FileBench extends AccessBench {
    /**
     * A folder to make a file in, an existing file, or a block device. Or several with a colon between, as in fio: thread
     * {@code i} works on target {@code i} modulo their number. A colon in a name is written {@code \:}, unless the whole is the
     * name of something.
     */
    @Param({"."})
    public String target = "";

    /** Whether to go around the page cache; the fact {@code direct} says whether that worked. */
    @Param({"true"})
    public boolean direct;

    /** Whether an existing file or an unused device may be overwritten. */
    @Param({"false"})
    public boolean overwrite;

    /**
     * Whether a device that carries a partition table, a file system, or a RAID or volume signature is refused even with
     * {@link #overwrite}, or {@code destroy}ed.
     */
    @Param({"refuse"})
    public String marks = "refuse";

    /** {@code iscsi} fails unless the kernel's iSCSI initiator provides the target; or {@code none}. */
    @Param({"none"})
    public String require = "";

    /** {@code iscsi} is the user's word for a disk whose origin this system cannot see; or {@code auto}. */
    @Param({"auto"})
    public String backing = "";

    /**
     * How I/Os are done: {@code auto}, the fastest that JVM and kernel have; {@code uring}; {@code threads}, plain Java; or {@code
     * mmap}, copies to and from a mapping of the file. The fact {@code io-interface} tells what it was.
     */
    @Param({"auto"})
    public String engine = "auto";

    @Override
    void requireParameters(AccessParameters access, AccessSpec spec) {
        Set<Path> files = new HashSet<>();
        for (String one : targets()) {
            Path path = request(one, access, spec).path();
            // A folder gets a file of its own for each.
            if (!Files.isDirectory(path) && !files.add(path)) {
                throw new IllegalArgumentException("target: expected different files and devices, got " + path
                        + " twice; name it once, and give several threads to share it");
            }
        }
        if (Engine.of(engine) == Engine.MMAP && Durability.of(access.sync).onEachWrite()) {
            throw new IllegalArgumentException("sync: expected none or fsync:N with engine=mmap, got dsync, which is"
                    + " nothing to a mapping; fsync:1 makes each write durable");
        }
        if (spec.discards() && Engine.of(engine) == Engine.URING) {
            throw new IllegalArgumentException("engine: expected auto, threads or mmap for discard, got uring");
        }
    }

    @Override
    List<String> targets() {
        Path whole = Parameters.path("target", target);
        if (Files.exists(whole)) {
            return List.of(target);
        }
        return Stream.of(target.split("(?<!\\\\):", -1))
                .map(one -> one.replace("\\:", ":"))
                .toList();
    }

    @Override
    OpenTarget openTarget(String one, AccessParameters access, AccessSpec spec) throws IOException {
        if (spec.discards() && LinuxFile.missing().isPresent()) {
            throw new DeviceException(
                    "discard",
                    "a JVM that can make system calls",
                    LinuxFile.missing().get(),
                    "start it on JDK 22 or newer");
        }
        FileTarget opened = FileTarget.open(request(one, access, spec));
        if (spec.discards()) {
            Facts.print(
                    "discard",
                    LinuxFile.isBlockDevice(Path.of(one)) ? "BLKDISCARD" : "fallocate with FALLOC_FL_PUNCH_HOLE");
        }
        return opened;
    }

    private FileRequest request(String one, AccessParameters access, AccessSpec spec) {
        if (target.startsWith(IscsiBench.SCHEME)) {
            throw new IllegalArgumentException("target: expected a folder, a file or a block device, got the LUN "
                    + LunAddress.withoutSecret(target) + "; measure it with IscsiBench");
        }
        Engine chosen = Engine.of(engine);
        return new FileRequest(
                one,
                new OpenMode(
                        direct,
                        Durability.of(access.sync).onEachWrite(),
                        // An io_uring has no discards.
                        spec.discards() && chosen == Engine.AUTO ? Engine.THREADS : chosen),
                Leave.of(overwrite, marks),
                require,
                backing,
                access.workingSetBytes(),
                access.queueDepth,
                spec.writes());
    }
}
