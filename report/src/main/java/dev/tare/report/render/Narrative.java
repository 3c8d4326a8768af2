package dev.tare.report.render;

import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.Row;
import dev.tare.report.comparison.Summary;
import dev.tare.report.efficiency.Interval;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The sentences around the table, the same in every form. */
final class Narrative {
    /** What tells one machine from the other at a glance; the rest is in the Markdown form. */
    private static final List<String> HEADLINES = List.of(
            "host.name",
            "virtualization.summary",
            "os.name",
            "os.kernel",
            "cpu.logicalProcessors",
            "memory.totalBytes",
            "clock.source");

    private final Comparison comparison;

    Narrative(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The runs that are compared with the baseline. */
    List<Integer> others() {
        return IntStream.range(0, comparison.runs().size())
                .filter(run -> run != comparison.baseline())
                .boxed()
                .toList();
    }

    String name(int run) {
        return comparison.runs().get(run).name();
    }

    String title() {
        return others().isEmpty()
                ? "Run " + name(comparison.baseline())
                : "Efficiency against " + name(comparison.baseline());
    }

    String explanation() {
        IntSummaryStatistics forks = comparison.rows().stream()
                .flatMap(row -> row.cells().stream())
                .flatMap(Optional::stream)
                .mapToInt(cell -> cell.forks().values().size())
                .summaryStatistics();
        int least = forks.getMin();
        int most = forks.getMax();
        String means = most == 1
                ? "One fork each, so no intervals."
                : "Means over " + (least == most ? "" : least + " to ") + most + " forks, ± half of the "
                        + Math.round(Interval.CONFIDENCE * 100) + " % confidence interval.";
        return others().isEmpty() ? means : means + " 100 % = as good as the baseline, more is better.";
    }

    /** For each run: how many intervals contain 100 %, and the geometric mean of each component. */
    List<String> summaries() {
        List<String> sentences = new ArrayList<>();
        for (int run : others()) {
            Summary summary = Summary.of(comparison.rows(), run);
            List<String> parts = new ArrayList<>();
            summary.geometricMeans()
                    .forEach((component, mean) ->
                            parts.add((component.isEmpty() ? "all" : component) + " " + Figures.percent(mean)));
            if (!parts.isEmpty()) {
                sentences.add(name(run) + ": geometric mean " + String.join(", ", parts)
                        + (summary.intervals() == 0
                                ? ""
                                : "; 100 % lies in " + summary.containingAll() + " of " + summary.intervals()
                                        + " intervals"));
            }
        }
        return sentences;
    }

    List<String> warnings(Footnotes footnotes) {
        List<String> warnings = new ArrayList<>(comparison.disagreements());
        warnings.addAll(footnotes.ofAllRows());
        return warnings;
    }

    List<String> facts(Names names) {
        return FactSheet.lines(comparison.runs().get(comparison.baseline()).measurements(), names);
    }

    /** How much of what its cores can do at most each calculation reaches. */
    List<String> sharesOfPeak(Names names) {
        return comparison.sharesOfPeak().stream()
                .map(row -> names.of(row.configuration()) + ": " + String.join(", ", shares(row)))
                .toList();
    }

    private List<String> shares(Row row) {
        List<String> shares = new ArrayList<>();
        for (int run = 0; run < row.cells().size(); run++) {
            String name = others().isEmpty() ? "" : name(run) + " ";
            row.cells().get(run).ifPresent(cell -> shares.add(name + Figures.percent(cell.value() / 100)));
        }
        return shares;
    }

    /** The differences of the machines that a reader wants first. */
    List<String> headlines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, List<String>> fact : comparison.machine().entrySet()) {
            if (HEADLINES.contains(fact.getKey()) || fact.getKey().startsWith("labels.")) {
                List<String> values = new ArrayList<>();
                for (int run = 0; run < fact.getValue().size(); run++) {
                    values.add(name(run) + " " + orNone(fact.getValue().get(run)));
                }
                lines.add(fact.getKey() + ": " + String.join(", ", values));
            }
        }
        return lines;
    }

    static String orNone(String value) {
        return value.isEmpty() ? "-" : value;
    }
}
