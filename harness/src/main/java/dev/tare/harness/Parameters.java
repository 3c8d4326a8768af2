package dev.tare.harness;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of benchmark parameters; a wrong one is refused with what was expected, what came, and what to pass. */
public final class Parameters {
    private static final String UNITS = "kmgt";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(?:([kmgt])i?b?|b)?");

    private Parameters() {}

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException when it is none, or out of range
     */
    public static long wholeNumber(String name, String value, long least, long most) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw refusal(name, "a whole number from " + least + " to " + most, value, Long.toString(least), e);
        }
        return requireRange(name, number, least, most);
    }

    /** Checks a number's range, both ends included. */
    public static long requireRange(String name, long number, long least, long most) {
        if (number < least || number > most) {
            throw refusal(
                    name,
                    "a whole number from " + least + " to " + most,
                    Long.toString(number),
                    Long.toString(number < least ? least : most),
                    null);
        }
        return number;
    }

    /**
     * {@code true} or {@code false}; JMH takes every other word for false.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static boolean trueOrFalse(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw refusal(name, "true or false", value, "true", null);
        }
        return Boolean.parseBoolean(value);
    }

    /**
     * A word out of a closed set.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static String oneOf(String name, String value, String... words) {
        if (!Arrays.asList(words).contains(value)) {
            throw refusal(name, "one of " + String.join(", ", words), value, words[0], null);
        }
        return value;
    }

    /**
     * The path of a file or folder.
     *
     * @throws IllegalArgumentException when it has characters that this JVM's locale does not have
     */
    public static Path path(String name, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    name + ": expected a path in the characters of this JVM's locale, got \"" + value + "\" ("
                            + e.getReason() + "); start it with LC_ALL=C.UTF-8, or in whatever the name is written",
                    e);
        }
    }

    /**
     * A size in bytes: {@code 4096}, {@code 4k}, {@code 64KiB}, {@code 256m} or {@code 10Gi}. Letters are powers of 1024 in
     * either case, as fio reads them, with or without {@code i}, {@code iB} or {@code B} behind.
     *
     * @throws IllegalArgumentException when it is none, not positive, or 2^63 and more
     */
    public static long bytes(String name, String value) {
        return bytes(name, value, "");
    }

    /**
     * A size in bytes, where the parameter accepts something else besides.
     *
     * @param alternative what else, for the message: {@code , or auto}
     */
    public static long bytes(String name, String value, String alternative) {
        OptionalLong size = size(value);
        if (size.isEmpty() || size.getAsLong() == 0) {
            throw refusal(
                    name, "a positive number of bytes such as 4096, 4k, 256m or 10g" + alternative, value, "4k", null);
        }
        return size.getAsLong();
    }

    /**
     * A size in bytes within a range, both ends included.
     *
     * @throws IllegalArgumentException when it is none, or out of the range
     */
    public static int bytes(String name, String value, int least, int most) {
        return bytes(name, value, least, most, "");
    }

    /**
     * A size in bytes within a range, where the parameter accepts something else besides.
     *
     * @param alternative what else, for the message: {@code kernel or }
     */
    public static int bytes(String name, String value, int least, int most, String alternative) {
        OptionalLong size = size(value);
        if (size.isEmpty() || size.getAsLong() < least || size.getAsLong() > most) {
            String range = "a number of bytes from " + least + " to " + most + ", such as 4096, 4k or 1m";
            int nearest = size.isPresent() && size.getAsLong() > most ? most : least;
            throw refusal(name, alternative + range, value, Integer.toString(nearest), null);
        }
        return (int) size.getAsLong();
    }

    /** The bytes of a size in any of its forms; empty when the text is none. */
    public static OptionalLong size(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(size.group(1));
        int shift = size.group(2) == null ? 0 : 10 * (1 + UNITS.indexOf(size.group(2)));
        return number <= Long.MAX_VALUE >> shift ? OptionalLong.of(number << shift) : OptionalLong.empty();
    }

    /**
     * A refusal in the common form.
     *
     * @param name of a benchmark's parameter, or of a command's option with the hyphens before it
     * @param example a value that would be taken
     */
    public static IllegalArgumentException refusal(
            String name, String expected, String got, String example, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                name + ": expected " + expected + ", got \"" + got + "\"; pass for example "
                        + (name.startsWith("-") ? name + " " : "-p " + name + "=") + example,
                cause);
    }
}
