package dev.tare.io;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.file.FileRequest;
import dev.tare.io.file.FileTarget;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.OpenTarget;
import dev.tare.iscsi.initiator.LunAddress;
import java.io.IOException;
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
    /** A folder to make a file in, an existing file, or a block device. */
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

    @Override
    void requireParameters(AccessParameters access, AccessSpec spec) {
        request(access, spec);
    }

    @Override
    OpenTarget openTarget(AccessParameters access, AccessSpec spec) throws IOException {
        return FileTarget.open(request(access, spec));
    }

    private FileRequest request(AccessParameters access, AccessSpec spec) {
        if (target.startsWith(IscsiBench.SCHEME)) {
            throw new IllegalArgumentException("target: expected a folder, a file or a block device, got the LUN "
                    + LunAddress.withoutSecret(target) + "; measure it with IscsiBench");
        }
        return new FileRequest(
                target,
                direct,
                Leave.of(overwrite, marks),
                require,
                backing,
                access.workingSetBytes(),
                access.queueDepth,
                spec.writes());
    }
}
