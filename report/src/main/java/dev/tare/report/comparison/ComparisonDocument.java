package dev.tare.report.comparison;

import dev.tare.report.document.Document;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Section.ComparedRun;
import dev.tare.report.document.Section.Property;
import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.document.Section.Sentences;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Configuration;
import dev.tare.runs.Counted;
import dev.tare.runs.Run;
import dev.tare.runs.RunHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/** Says what a comparison found: the table, and the sentences around it. */
final class ComparisonDocument {
    private static final String LABELS = "labels.";
    /** What tells one machine from the other at a glance, besides the user's labels. */
    private static final List<String> HEADLINES = List.of(
            "host.name",
            "virtualization.summary",
            "os.name",
            "os.kernel",
            "cpu.logicalProcessors",
            "memory.totalBytes",
            "clock.source");

    private final Comparison comparison;
    private final ShortNames names;
    private final ResultTable table;
    private final DocumentOptions options;

    ComparisonDocument(Comparison comparison, DocumentOptions options) {
        this.comparison = comparison;
        this.options = options;
        names = new ShortNames(comparison.rows());
        table = table();
    }

    Document document() {
        ComparisonFigures figures = new ComparisonFigures(comparison, names, options);
        List<Section> sections = new ArrayList<>(List.of(table));
        sections.addAll(figures.results());
        sections.add(new Sentences("Summary", "summary", summaries()));
        sections.add(new Sentences("Share of FmaPeakBench", "share-of-peak", sharesOfPeak()));
        List<String> warnings = new ArrayList<>(comparison.warnings());
        warnings.addAll(table.commonNotes());
        sections.add(new Sentences("Warnings", "warning", warnings));
        sections.add(new Sentences("Not compared", "not-compared", comparison.unmatched()));
        sections.add(new Sentences("Parameters that names leave out", "parameters", names.usual()));
        Run baseline = comparison.runs().get(comparison.baseline());
        sections.add(new Sentences(
                "Facts of " + baseline.name(), "fact", FactSummary.lines(baseline.measurements(), names), false));
        sections.addAll(figures.grounds());
        sections.removeIf(
                section -> section instanceof Sentences some && some.sentences().isEmpty());
        PropertyTable machines = machines();
        if (!machines.properties().isEmpty()) {
            sections.add(machines);
        }
        return new Document(title(), explanation(), sections);
    }

    private String title() {
        String baseline = table.run(comparison.baseline());
        return table.others().isEmpty() ? "Run " + baseline : "Efficiency against " + baseline;
    }

    private String explanation() {
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
        if (table.others().isEmpty()) {
            return means;
        }
        return means + " 100 % = as good as the baseline, more is better."
                + (table.isMatrix()
                        ? " In the columns of the other runs: efficiency in %, ± the wider side of its interval."
                        : "");
    }

    /** Each primary quantity, followed by the secondary metrics of its configuration. */
    private ResultTable table() {
        List<Row> rows = new ArrayList<>();
        Map<Configuration, String> shortNames = new HashMap<>();
        for (Row row : comparison.rows()) {
            shortNames.put(row.configuration(), names.of(row.configuration()));
            rows.add(row);
            comparison.details().stream()
                    .filter(detail -> detail.configuration().equals(row.configuration()))
                    .forEach(rows::add);
        }
        List<ComparedRun> runs = comparison.runs().stream()
                .map(run -> new ComparedRun(
                        run.name(),
                        run.environment().fact("host.name").orElse(""),
                        run.header().map(RunHeader::started).orElse(""),
                        run.header().map(RunHeader::labels).orElse(Map.of()).entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(";"))))
                .toList();
        return new ResultTable("", runs, comparison.baseline(), rows, shortNames);
    }

    /**
     * For each run the geometric mean of each component (a hint where to look, without an interval), and how many
     * intervals contain 100 %: nearly all in a comparison of like with like.
     */
    private List<String> summaries() {
        List<String> sentences = new ArrayList<>();
        for (int run : table.others()) {
            SortedMap<String, List<Double>> ratios = new TreeMap<>();
            List<Interval> intervals = new ArrayList<>();
            for (Row row : comparison.rows()) {
                Optional<Efficiency> efficiency = row.efficiency(run);
                efficiency.ifPresent(
                        some -> ratios.computeIfAbsent(Component.of(row.configuration()), any -> new ArrayList<>())
                                .add(some.ratio()));
                efficiency.flatMap(Efficiency::interval).ifPresent(intervals::add);
            }
            List<String> means = new ArrayList<>();
            ratios.forEach((component, all) -> means.add((component.isEmpty() ? "all" : component) + " "
                    + DisplayUnit.percent(StatUtils.geometricMean(
                            all.stream().mapToDouble(Double::doubleValue).toArray()))));
            long containing =
                    intervals.stream().filter(ends -> ends.contains(1)).count();
            if (!means.isEmpty()) {
                sentences.add(table.run(run) + ": geometric mean " + String.join(", ", means)
                        + (intervals.isEmpty()
                                ? ""
                                : "; 100 % lies in " + containing + " of " + Counted.of(intervals.size(), "interval")));
            }
        }
        return sentences;
    }

    /** How much of what its cores can do at most each calculation reaches; what is above that by more than chance is none. */
    private List<String> sharesOfPeak() {
        List<String> sentences = new ArrayList<>();
        for (Row row : comparison.sharesOfPeak()) {
            List<String> shares = new ArrayList<>();
            for (int run = 0; run < row.cells().size(); run++) {
                String name = table.others().isEmpty() ? "" : table.run(run) + " ";
                row.cells()
                        .get(run)
                        .ifPresent(cell -> shares.add(name
                                + DisplayUnit.percent(cell.value() / 100)
                                + (cell.value() > 100 ? " (its interval holds 100 %)" : "")));
            }
            sentences.add(names.of(row.configuration()) + ": " + String.join(", ", shares));
        }
        return sentences;
    }

    /** Facts about the machines that differ, and the user's labels. */
    private PropertyTable machines() {
        List<SortedMap<String, String>> machines =
                comparison.runs().stream().map(ComparisonDocument::machine).toList();
        SortedSet<String> keys = new TreeSet<>();
        machines.forEach(machine -> keys.addAll(machine.keySet()));
        List<Property> properties = new ArrayList<>();
        for (String key : keys) {
            List<String> values = machines.stream()
                    .map(machine -> machine.getOrDefault(key, ""))
                    .toList();
            boolean label = key.startsWith(LABELS);
            if (label || values.stream().distinct().count() > 1) {
                properties.add(new Property(key, values, label || HEADLINES.contains(key)));
            }
        }
        properties.sort(Comparator.comparing(property -> !property.name().startsWith(LABELS)));
        return new PropertyTable(
                "Machines", "machine", comparison.runs().stream().map(Run::name).toList(), properties);
    }

    private static SortedMap<String, String> machine(Run run) {
        SortedMap<String, String> facts = new TreeMap<>(run.environment().facts());
        run.header().map(RunHeader::labels).orElse(Map.of()).forEach((name, value) -> facts.put(LABELS + name, value));
        return facts;
    }
}
