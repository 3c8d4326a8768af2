package dev.tare.profiles.profile;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where profiles come from: the built-in ones by their names, a user's own by the path of its file. */
public final class Profiles {
    private static final List<String> BUILT_IN = List.of("smoke", "nightly", "paper");
    private static final String ENDING = ".profile";

    private Profiles() {}

    /** Names of the built-in profiles, the shortest run first. */
    public static List<String> builtIn() {
        return BUILT_IN;
    }

    /**
     * Finds a profile.
     *
     * @param nameOrPath a built-in name, or the path of a file
     * @throws CommandException when there is neither, or the file cannot be read
     */
    public static Profile find(String nameOrPath) {
        if (BUILT_IN.contains(nameOrPath)) {
            return Profile.parse(nameOrPath, builtInText(nameOrPath));
        }
        Path file = Path.of(nameOrPath);
        if (Files.isRegularFile(file)) {
            return Profile.parse(name(file), text(file));
        }
        throw CommandException.usage("unknown profile: expected one of " + String.join(", ", BUILT_IN)
                + " or the path of a profile file, got \"" + nameOrPath + "\""
                + Suggestions.hint(nameOrPath, BUILT_IN));
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "profile " + file + ": expected a readable text file in UTF-8, got " + e
                            + "; check its path and permissions",
                    e);
        }
    }

    private static String builtInText(String name) {
        try (InputStream resource = Profiles.class.getResourceAsStream(name + ENDING)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks its profile " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
