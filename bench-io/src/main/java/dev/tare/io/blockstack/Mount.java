package dev.tare.io.blockstack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code /proc/self/mountinfo}; see proc(5).
 *
 * @param device number of the mounted file system
 * @param point where it is mounted
 * @param type such as {@code ext4}
 * @param source such as {@code /dev/sda1}
 * @param options of the file system itself
 */
record Mount(String device, Path point, String type, String source, List<String> options) {
    static Optional<Mount> parse(String line) {
        String[] halves = line.split(" - ", 2);
        if (halves.length != 2) {
            return Optional.empty();
        }
        String[] place = halves[0].split(" ", -1);
        String[] what = halves[1].split(" ", -1);
        return place.length < 6 || what.length < 3
                ? Optional.empty()
                : Optional.of(new Mount(
                        place[2],
                        Path.of(unescape(place[4])),
                        what[0],
                        unescape(what[1]),
                        Arrays.asList(what[2].split(",", -1))));
    }

    Optional<String> option(String name) {
        return options.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> unescape(option.substring(name.length() + 1)))
                .findFirst();
    }

    // The kernel writes blanks, tabs, line breaks and backslashes as three octal digits.
    private static String unescape(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
