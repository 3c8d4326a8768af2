package dev.tare.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words of a command or of a JMH command line, split as a shell does: at blanks, with single and double quotes.
 *
 * @param words those that were found
 * @param openQuote the quote that is not closed; empty when all are
 */
public record CommandWords(List<String> words, Optional<String> openQuote) {
    /** Keeps a copy. */
    public CommandWords {
        words = List.copyOf(words);
    }

    /** A command that {@link #split} splits into these words. */
    public static String join(List<String> words) {
        return words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    /** A word that a shell takes as one. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    /** The words of a command; empty when a quote is not closed. */
    public static Optional<List<String>> split(String command) {
        CommandWords found = of(command, false);
        return found.openQuote.isEmpty() ? Optional.of(found.words) : Optional.empty();
    }

    /** The words of a line, up to one that begins with #. */
    public static CommandWords ofLine(String line) {
        return of(line, true);
    }

    private static CommandWords of(String text, boolean comments) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (comments && c == '#' && !inWord) {
                break;
            } else if (!isBlank(c)) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return new CommandWords(words, quote == 0 ? Optional.empty() : Optional.of(String.valueOf(quote)));
    }

    /** Also those blanks that word processors put between words, which look like any other. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
