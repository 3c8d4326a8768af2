package dev.tare.io.file;

import dev.tare.harness.Parameters;
import dev.tare.io.blockstack.Leave;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a benchmark wants of a target.
 *
 * @param target path of a folder, a file or a block device
 * @param direct whether to go around the page cache
 * @param leave what of an existing file or device may be overwritten
 * @param require {@code iscsi} to fail unless the target lies on a LUN of the kernel's iSCSI initiator, or {@code none}
 * @param backing {@code iscsi} as the user's word for a disk whose origin this system cannot see, or {@code auto}
 * @param workingSetBytes bytes that are accessed, from position 0 on
 * @param queueDepth I/Os outstanding at once in each thread
 * @param writes whether the benchmark writes
 */
public record FileRequest(
        String target,
        boolean direct,
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
        Objects.requireNonNull(pathOf(target));
    }

    private static Path pathOf(String target) {
        try {
            return Path.of(target);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "target: expected a name in the characters of this JVM's locale, got \"" + target + "\" ("
                            + e.getReason() + "); start it with LC_ALL=C.UTF-8, or whatever the name is written in",
                    e);
        }
    }

    /** Where the target is. */
    Path path() {
        return pathOf(target).toAbsolutePath().normalize();
    }

    boolean requiresIscsi() {
        return require.equals("iscsi");
    }

    boolean isIscsiByTheUsersWord() {
        return backing.equals("iscsi");
    }
}
