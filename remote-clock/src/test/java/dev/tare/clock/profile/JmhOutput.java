package dev.tare.clock.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run printed.
 *
 * @param json JMH's results in full precision
 * @param code exit code
 */
record JmhOutput(String text, String json, int code) {
    private static final Pattern TRUTH =
            Pattern.compile("# truth operations (\\d+) whole (-?\\d+) (-?\\d+) sum (-?\\d+) (-?\\d+)");

    /**
     * The score of an iteration in a line of the fork's: JMH prints it when the fork's message arrives, and that may be
     * after the fork began to write what it tells at its end.
     */
    private static final Pattern SCORE_IN_A_LINE = Pattern.compile("(?m)^(# (?:fact|truth) .*?)[\\d.]+ \\w+/\\w+\\R");

    JmhOutput {
        text = SCORE_IN_A_LINE.matcher(text).replaceAll("$1");
    }

    /** What the benchmark saw of its true lengths, in nanoseconds. */
    record Truth(long operations, double shortestNs, double longestNs, double shortestSumNs, double longestSumNs) {}

    /** One of JMH's results, as its part of the JSON file. */
    record Scored(String json) {
        String benchmark() {
            return found("\"benchmark\" : \"[^\"]*\\.(\\w+)\"");
        }

        String mode() {
            return found("\"mode\" : \"(\\w+)\"");
        }

        double score() {
            return number("primaryMetric");
        }

        /** Score of a secondary result. */
        double number(String label) {
            return Double.parseDouble(found("\"" + Pattern.quote(label) + "\" : \\{\\s*\"score\" : ([-0-9.E]+)"));
        }

        private String found(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(json);
            if (!matcher.find()) {
                throw new IllegalStateException("expected " + pattern + " in " + json);
            }
            return matcher.group(1);
        }
    }

    /** All results, in the order in which JMH made them. */
    List<Scored> scores() {
        List<Scored> scores = new ArrayList<>();
        for (String part : json.split("\"jmhVersion\"", -1)) {
            if (part.contains("\"benchmark\"")) {
                scores.add(new Scored(part));
            }
        }
        return scores;
    }

    /** All iterations, in the order in which they ran. */
    List<Truth> truths() {
        List<Truth> truths = new ArrayList<>();
        for (Matcher matcher = TRUTH.matcher(text); matcher.find(); ) {
            truths.add(new Truth(
                    Long.parseLong(matcher.group(1)),
                    Double.parseDouble(matcher.group(2)),
                    Double.parseDouble(matcher.group(3)),
                    Double.parseDouble(matcher.group(4)),
                    Double.parseDouble(matcher.group(5))));
        }
        return truths;
    }
}
