package dev.tare.machine;

import java.util.List;
import java.util.Optional;

/**
 * A mounted file system as {@code /proc/self/mountinfo} tells it, see proc(5); its names are as {@link KernelPath} explains them
 * when its line was read by that.
 *
 * @param device number of the file system, such as {@code 8:2}
 * @param root the part of the file system that is mounted
 * @param point where
 * @param type of the file system, such as {@code ext4}
 * @param source such as {@code /dev/sda1}, or a word
 * @param options its own ones, such as the controllers of control groups, as they are written there
 */
public record MountedFileSystem(
        String device, String root, String point, String type, String source, List<String> options) {
    private static final int PLACE_FIELDS = 6;
    private static final int SOURCE_FIELDS = 3;

    public MountedFileSystem {
        options = List.copyOf(options);
    }

    /** All that the process which the files call {@code self} sees, in the order of mounting; lines of another form are none. */
    public static List<MountedFileSystem> of(MachineFiles files) {
        return files.text("proc/self/mountinfo")
                .orElse("")
                .lines()
                .flatMap(line -> parse(line).stream())
                .toList();
    }

    /** {@code 36 35 98:0 /root /mount/point options ... - type source options}; empty for another form. */
    public static Optional<MountedFileSystem> parse(String line) {
        int dash = line.indexOf(" - ");
        if (dash < 0) {
            return Optional.empty();
        }
        List<String> place = List.of(line.substring(0, dash).split(" ", -1));
        List<String> source = List.of(line.substring(dash + 3).split(" ", -1));
        return place.size() >= PLACE_FIELDS && source.size() >= SOURCE_FIELDS
                ? Optional.of(new MountedFileSystem(
                        place.get(2),
                        KernelPath.unescape(place.get(3)),
                        KernelPath.unescape(place.get(4)),
                        source.get(0),
                        KernelPath.unescape(source.get(1)),
                        List.of(source.get(2).split(",", -1))))
                : Optional.empty();
    }
}
