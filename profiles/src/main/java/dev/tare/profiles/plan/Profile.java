package dev.tare.profiles.plan;

import dev.tare.harness.CommandWords;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A named run: a list of JMH command lines, one step a line, comments with {@code #}. The built-in ones have names, a user's
 * own is the path of its file.
 *
 * @param name what the run is called
 * @param text the profile as written, which a run keeps so that it can be resumed without it
 * @param steps the lines that are not empty
 */
public record Profile(String name, String text, List<Step> steps) {
    private static final List<String> BUILT_IN = List.of("smoke", "application", "nightly", "paper");
    private static final String ENDING = ".profile";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Copies the steps. */
    public Profile {
        steps = List.copyOf(steps);
    }

    /**
     * One line of a profile.
     *
     * @param line its number, from 1
     * @param arguments the JMH command line, split into words
     */
    public record Step(int line, List<String> arguments) {
        /** Copies the arguments. */
        public Step {
            arguments = List.copyOf(arguments);
        }
    }

    /** Whether it is one of those, as it came with this jar. */
    boolean isBuiltIn() {
        return BUILT_IN.contains(name) && text.equals(builtInText(name));
    }

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
            return parse(nameOrPath, builtInText(nameOrPath));
        }
        Path file = Path.of(nameOrPath);
        if (Files.isRegularFile(file)) {
            return parse(name(file), text(file));
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
                    "profile " + file + ": expected a readable text file in UTF-8, got " + Reasons.of(e)
                            + "; check its path and permissions",
                    e);
        }
    }

    private static String builtInText(String name) {
        try (InputStream resource = Profile.class.getResourceAsStream(name + ENDING)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks its profile " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a profile's text.
     *
     * @throws CommandException when it has no step, or a quote is not closed
     */
    public static Profile parse(String name, String text) {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        // Editors of Windows put it in front of a text in UTF-8.
        String written = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        for (String line : written.lines().toList()) {
            number++;
            List<String> words = words(name, number, line);
            if (!words.isEmpty()) {
                steps.add(new Step(number, words));
            }
        }
        if (steps.isEmpty()) {
            throw CommandException.usage("profile " + name
                    + ": expected at least one line with a JMH command line, got none; e.g. \"StreamBench -f 3\"");
        }
        return new Profile(name, text, steps);
    }

    private static List<String> words(String name, int number, String line) {
        CommandWords found = CommandWords.ofLine(line);
        found.openQuote().ifPresent(quote -> {
            throw CommandException.usage("profile " + name + ", line " + number + ": the quote " + quote
                    + " is not closed; close it or remove it");
        });
        return found.words();
    }
}
