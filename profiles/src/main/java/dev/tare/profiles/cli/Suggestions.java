package dev.tare.profiles.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names the valid words that are nearest to a wrong one. */
public final class Suggestions {
    private static final int SHOWN = 3;
    private static final int SHORTEST_WITH_TWO = 3;

    private Suggestions() {}

    /**
     * A hint for the end of a message.
     *
     * @param wrong the word that was given
     * @param valid all words that would have been right
     * @return {@code "; did you mean a, b?"} with at most three words that resemble it, or an empty string
     */
    public static String hint(String wrong, Collection<String> valid) {
        List<String> near = of(wrong, valid);
        return near.isEmpty() ? "" : "; did you mean " + near.stream().collect(Collectors.joining(" or ")) + "?";
    }

    /** The valid words that differ from a wrong one in at most a third of its letters, the nearest first; two are allowed from three letters on. */
    static List<String> of(String wrong, Collection<String> valid) {
        String letters = letters(wrong);
        return valid.stream()
                .filter(word -> distance(letters, word) <= most(letters.length()))
                .sorted(Comparator.<String>comparingInt(word -> distance(letters, word))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    /** Two letters that are swapped are two that differ; in a word of two they would be all. */
    private static int most(int letters) {
        return letters < SHORTEST_WITH_TWO ? 1 : Math.max(2, letters / 3);
    }

    private static int distance(String letters, String word) {
        return LevenshteinDistance.getDefaultInstance().apply(letters, letters(word));
    }

    /** The dashes of an option say nothing about which one is meant. */
    private static String letters(String word) {
        return word.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }
}
