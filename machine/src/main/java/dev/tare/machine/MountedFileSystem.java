package dev.tare.machine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mounted file system as {@code /proc/self/mountinfo} tells it, see proc(5).
 *
 * @param root the part of the file system that is mounted
 * @param point where
 * @param type of the file system
 * @param options its own ones, such as the controllers of control groups
 */
public record MountedFileSystem(String root, String point, String type, List<String> options) {
    private static final int ROOT = 3;
    private static final int POINT = 4;
    private static final int SOURCE_FIELDS = 3;
    /** Blanks, backslashes and line ends in paths. */
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

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
    private static Optional<MountedFileSystem> parse(String line) {
        int dash = line.indexOf(" - ");
        if (dash < 0) {
            return Optional.empty();
        }
        List<String> place = List.of(line.substring(0, dash).split(" ", -1));
        List<String> source = List.of(line.substring(dash + 3).split(" ", -1));
        return place.size() > POINT && source.size() >= SOURCE_FIELDS
                ? Optional.of(new MountedFileSystem(
                        unescaped(place.get(ROOT)),
                        unescaped(place.get(POINT)),
                        source.get(0),
                        List.of(source.get(source.size() - 1).split(",", -1))))
                : Optional.empty();
    }

    private static String unescaped(String path) {
        return OCTAL.matcher(path)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }
}
