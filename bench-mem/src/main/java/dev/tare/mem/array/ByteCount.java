package dev.tare.mem.array;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks a parameter that is a size in bytes. */
public final class ByteCount {
    private ByteCount() {}

    /**
     * The size that a parameter gives.
     *
     * @param name of the parameter
     * @param text its value, a positive multiple of {@code grainBytes} that one array can hold
     * @param alternative what else the parameter accepts, for the message, or empty
     * @throws IllegalArgumentException when it is anything else
     */
    public static long parse(String name, String text, int grainBytes, String alternative) {
        long bytes;
        try {
            bytes = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refuse(name, "a whole number of bytes below 2^63" + alternative, text, e);
        }
        if (bytes <= 0 || bytes % grainBytes != 0) {
            throw refuse(name, "a positive multiple of " + grainBytes + alternative, text, null);
        }
        if (bytes > HeapArrays.LARGEST_BYTES) {
            String most = String.format(Locale.ROOT, "at most %d", HeapArrays.LARGEST_BYTES);
            throw refuse(name, most + ", because a Java array holds no more" + alternative, text, null);
        }
        return bytes;
    }

    private static IllegalArgumentException refuse(
            String name, String expected, String got, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "parameter " + name + ": expected " + expected + ", got " + got + "; set it with -p " + name + "=BYTES",
                cause);
    }
}
