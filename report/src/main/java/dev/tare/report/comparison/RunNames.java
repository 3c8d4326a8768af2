package dev.tare.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences, each said once with the names of all runs that it is true of, in the order in which they came. */
final class RunNames {
    private final Map<String, List<String>> bySentence = new LinkedHashMap<>();

    /** A sentence that is true of a run. */
    void add(String sentence, String run) {
        List<String> runs = bySentence.computeIfAbsent(sentence, any -> new ArrayList<>());
        if (!runs.contains(run)) {
            runs.add(run);
        }
    }

    /** Such as {@code native and vm: no journal}. */
    List<String> inFront() {
        List<String> sentences = new ArrayList<>();
        bySentence.forEach((sentence, runs) -> sentences.add(joined(runs) + ": " + sentence));
        return sentences;
    }

    /** Such as {@code no journal (native and vm)}, with the runs of each. */
    Map<String, List<String>> behind() {
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        bySentence.forEach((sentence, runs) -> sentences.put(sentence + " (" + joined(runs) + ")", runs));
        return sentences;
    }

    /** Such as {@code a, b and c}. */
    static String joined(List<String> runs) {
        int last = runs.size() - 1;
        return last < 1 ? String.join("", runs) : String.join(", ", runs.subList(0, last)) + " and " + runs.get(last);
    }
}
