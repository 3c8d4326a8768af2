package dev.tare.io.file;

import dev.tare.harness.Parameters;
import dev.tare.io.blockstack.Leave;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a benchmark wants of a target.
 *
 * @param target path of a folder, a file or a block device
 * @param mode how it is opened
 * @param leave what of an existing file or device may be overwritten
 * @param require {@code iscsi} to fail unless the target lies on a LUN of the kernel's iSCSI initiator, or {@code none}
 * @param backing {@code iscsi} as the user's word for a disk whose origin this system cannot see, or {@code auto}
 * @param workingSetBytes bytes that are accessed, from position 0 on
 * @param queueDepth I/Os outstanding at once in each thread
 * @param writes whether the benchmark writes
 */
public record FileRequest(
        String target,
        OpenMode mode,
        Leave leave,
        String require,
        String backing,
        long workingSetBytes,
        int queueDepth,
        boolean writes) {
    /** Checks the words. */
    public FileRequest {
        Parameters.oneOf("require", require, "none", "iscsi");
        Parameters.oneOf("backing", backing, "auto", "iscsi");
        Objects.requireNonNull(Parameters.path("target", target));
    }

    /** Where the target is. */
    public Path path() {
        return Parameters.path("target", target).toAbsolutePath().normalize();
    }

    boolean requiresIscsi() {
        return require.equals("iscsi");
    }

    boolean isIscsiByTheUsersWord() {
        return backing.equals("iscsi");
    }
}
