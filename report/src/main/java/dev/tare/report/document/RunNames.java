package dev.tare.report.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences, each said once with the names of the runs that it is true of, in the order in which they came. */
public final class RunNames {
    /** Of more only the first are named. */
    private static final int MOST = 8;

    private static final int NAMED_OF_MANY = 3;

    private final Map<String, List<String>> bySentence = new LinkedHashMap<>();

    /** A sentence that is true of a run. */
    public void add(String sentence, String run) {
        List<String> runs = bySentence.computeIfAbsent(sentence, any -> new ArrayList<>());
        if (!runs.contains(run)) {
            runs.add(run);
        }
    }

    /** Such as {@code native and vm: no journal}. */
    public List<String> inFront() {
        List<String> sentences = new ArrayList<>();
        bySentence.forEach((sentence, runs) -> sentences.add(joined(runs) + ": " + sentence));
        return sentences;
    }

    /** Such as {@code 6 of 8 in native and vm}; of many counts the first. */
    public List<String> in() {
        List<String> sentences = new ArrayList<>();
        bySentence.forEach((sentence, runs) -> sentences.add(sentence + " in " + joined(runs)));
        if (sentences.size() <= MOST) {
            return sentences;
        }
        int others = bySentence.values().stream()
                .skip(NAMED_OF_MANY)
                .mapToInt(List::size)
                .sum();
        List<String> some = new ArrayList<>(sentences.subList(0, NAMED_OF_MANY));
        some.add("other counts in " + others + " more");
        return some;
    }

    /** Such as {@code no journal (native and vm)}, with the runs of each. */
    public Map<String, List<String>> behind() {
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        bySentence.forEach((sentence, runs) -> sentences.put(sentence + " (" + joined(runs) + ")", runs));
        return sentences;
    }

    /** Such as {@code a, b and c}, or of many {@code a, b, c and 47 more}. */
    public static String joined(List<String> runs) {
        int named = runs.size() > MOST ? NAMED_OF_MANY : runs.size() - 1;
        if (named < 1) {
            return String.join("", runs);
        }
        return String.join(", ", runs.subList(0, named)) + " and "
                + (runs.size() > MOST ? runs.size() - named + " more" : runs.get(named));
    }
}
