package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.List;
import java.util.Optional;

/**
 * A mounted file system as {@code /proc/self/mountinfo} tells it, see proc(5).
 *
 * @param root the part of the file system that is mounted
 * @param point where
 * @param type of the file system
 * @param options its own ones, separated by commas
 */
record Mount(String root, String point, String type, String options) {
    private static final int POINT = 4;

    /** All that this process sees, in the order of mounting. */
    static List<Mount> of(MachineFiles files) {
        return files.text("proc/self/mountinfo")
                .orElse("")
                .lines()
                .flatMap(line -> parse(line).stream())
                .toList();
    }

    /** {@code 36 35 98:0 /root /mount/point options ... - type source options}; empty for another form. */
    private static Optional<Mount> parse(String line) {
        int dash = line.indexOf(" - ");
        if (dash < 0) {
            return Optional.empty();
        }
        List<String> fields = List.of(line.substring(0, dash).split(" "));
        List<String> source = List.of(line.substring(dash + 3).split(" "));
        return fields.size() > POINT
                ? Optional.of(new Mount(
                        fields.get(POINT - 1), fields.get(POINT), source.get(0), source.get(source.size() - 1)))
                : Optional.empty();
    }
}
