package dev.tare.parts;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds installed programs. */
public final class Programs {
    private Programs() {}

    /** Path of an executable by its name, or empty when it is not installed. */
    public static Optional<Path> find(String name) {
        // Servers live in the sbin folders, which an ordinary user's PATH often leaves out.
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path),
                        Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Path of an executable by its name.
     *
     * @throws IllegalStateException when it is not installed; a test that calls this carries {@link RequiresProgram}
     */
    public static Path require(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("not installed: " + name));
    }
}
