package dev.tare.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names as the kernel's tables have them: bytes, in whatever encoding they were made, which need not be that of this JVM.
 *
 * <p>A {@link Path} made of a string takes the locale's characters only: under {@code LANG=C} one {@code é} in any mount of
 * the machine is an InvalidPathException. By way of a URI a path takes and gives its bytes one by one, in every locale. So
 * tables are read with each byte as one character here, and names become paths, and paths bytes, by this class.
 */
public final class KernelPath {
    private static final String HARMLESS = "/.-_";

    private KernelPath() {}

    /** The lines of a table such as {@code /proc/self/mountinfo}, each byte as one character; none where it is missing. */
    public static List<String> lines(Path table) throws IOException {
        // Nothing but a line feed ends a line: the kernel lets a carriage return in a name pass.
        return !Files.exists(table) ? List.of() : Arrays.asList(text(table).split("\n", -1));
    }

    /** The content of a file of one name, such as {@code loop/backing_file}, each byte as one character. */
    public static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** Three octal digits behind a backslash, as the kernel writes blanks and what else would confuse a table, as the byte. */
    public static String unescape(String field) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char letter = field.charAt(i);
            if (letter == '\\' && isOctal(field, i + 1)) {
                plain.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(letter);
            }
        }
        return plain.toString();
    }

    private static boolean isOctal(String field, int at) {
        return at + 3 <= field.length() && field.substring(at, at + 3).matches("[0-3][0-7]{2}");
    }

    /** The path of a name of a table; empty when it is no absolute one, such as {@code tmpfs} or {@code server:/export}. */
    public static Optional<Path> of(String name) {
        return name.startsWith("/") ? ofBytes(name.getBytes(StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    /** The absolute path of these bytes; empty when no file system can have it. */
    static Optional<Path> ofBytes(byte[] bytes) {
        StringBuilder uri = new StringBuilder("file://");
        for (byte next : bytes) {
            char letter = (char) (next & 0xff);
            if (letter == 0) {
                return Optional.empty();
            }
            boolean harmless = (letter < 0x80 && Character.isLetterOrDigit(letter)) || HARMLESS.indexOf(letter) >= 0;
            uri.append(harmless ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", (int) letter));
        }
        return Optional.of(Path.of(URI.create(uri.toString())));
    }

    /** The bytes of a path that is no folder, for the kernel. */
    public static byte[] bytes(Path path) {
        String raw = path.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
