package dev.tare.profiles.profile;

import dev.tare.profiles.cli.CommandException;
import java.util.ArrayList;
import java.util.List;

/**
 * A named run: a list of JMH command lines, one step a line, comments with {@code #}.
 *
 * @param name what the run is called
 * @param text the profile as written, which a run keeps so that it can be resumed without it
 * @param steps the lines that are not empty
 */
public record Profile(String name, String text, List<Step> steps) {
    /** Copies the steps. */
    public Profile {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a profile's text.
     *
     * @throws CommandException when it has no step, or a quote is not closed
     */
    public static Profile parse(String name, String text) {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
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

    /** Splits a line as a shell does: at blanks, with single and double quotes, up to a word that begins with #. */
    private static List<String> words(String name, int number, String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == '#' && !inWord) {
                break;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (quote != 0) {
            throw CommandException.usage("profile " + name + ", line " + number + ": the quote " + quote
                    + " is not closed; close it or remove it");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
