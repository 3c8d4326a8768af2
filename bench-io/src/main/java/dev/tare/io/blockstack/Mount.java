package dev.tare.io.blockstack;

import dev.tare.machine.KernelPath;
import dev.tare.machine.MountedFileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code /proc/self/mountinfo}, each byte as one character; see proc(5) and {@link KernelPath}.
 *
 * @param device number of the mounted file system
 * @param point where it is mounted
 * @param type such as {@code ext4}
 * @param source such as {@code /dev/sda1}
 * @param options of the file system itself
 */
record Mount(String device, Path point, String type, String source, List<String> options) {
    static Optional<Mount> parse(String line) {
        return MountedFileSystem.parse(line)
                .flatMap(mounted -> KernelPath.of(mounted.point())
                        .map(point -> new Mount(
                                mounted.device(), point, mounted.type(), mounted.source(), mounted.options())));
    }

    /** The node or folder that is mounted; empty where the source is a word such as {@code tmpfs}. */
    Optional<Path> sourcePath() {
        return KernelPath.of(source);
    }

    Optional<String> option(String name) {
        return options.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> KernelPath.unescape(option.substring(name.length() + 1)))
                .findFirst();
    }
}
