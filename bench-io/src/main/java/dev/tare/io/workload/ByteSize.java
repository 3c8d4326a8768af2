package dev.tare.io.workload;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them. */
public final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmgt]?)");

    private ByteSize() {}

    /**
     * Bytes of a size such as {@code 4096}, {@code 256m} or {@code 10g}; the letters are powers of 1024.
     *
     * @param name what the size is of, for the message
     * @throws IllegalArgumentException when it is not one, or not positive
     */
    public static long parse(String name, String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (size.matches()) {
            long number = Long.parseLong(size.group(1));
            int shift = 10
                    * (1
                            + "kmgt"
                                    .indexOf(
                                            size.group(2).isEmpty()
                                                    ? ' '
                                                    : size.group(2).charAt(0)));
            if (number > 0 && number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        throw new IllegalArgumentException(
                name + ": expected a positive number of bytes such as 4096, 256m or 10g, got '" + text + "'");
    }
}
