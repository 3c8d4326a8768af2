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

    /** The valid words that differ from a wrong one in at most a third of its letters, two being allowed to any, the nearest first. */
    static List<String> of(String wrong, Collection<String> valid) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        return valid.stream()
                .filter(word -> distance(lower, word) <= Math.max(2, lower.length() / 3))
                .sorted(Comparator.<String>comparingInt(word -> distance(lower, word))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static int distance(String lower, String word) {
        return LevenshteinDistance.getDefaultInstance().apply(lower, word.toLowerCase(Locale.ROOT));
    }
}
