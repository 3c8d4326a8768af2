package dev.tare.report.comparison;

import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Configuration;
import dev.tare.runs.ForkRecord;
import dev.tare.runs.IterationRecord;
import dev.tare.runs.Measurement;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** What tells how far scores can be trusted: how their time was measured, and on what machines. */
final class GroundFigures {
    private static final int MOST_RUNS = 8;
    private static final DisplayUnit AS_IT_IS = new DisplayUnit("", 1);

    private final Comparison comparison;
    private final ShortNames names;

    GroundFigures(Comparison comparison, ShortNames names) {
        this.comparison = comparison;
        this.names = names;
    }

    /** The clock of every score, and what disturbed it; empty where nothing was recorded. */
    Optional<Section> timing() {
        List<Grid.Line> lines = new ArrayList<>();
        for (int run = 0; run < comparison.runs().size() && run < MOST_RUNS; run++) {
            for (Row row : comparison.rows()) {
                timing(run, row).ifPresent(lines::add);
            }
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Figure(
                        "Timing",
                        "The clock of every score, and what disturbed it",
                        "timing",
                        "",
                        "Error bound: of the time that decided the score. Rate: how much faster (+) or slower the local clock"
                                + " ran than the server's. Shortest: how long an iteration must be for its bound. Steal and"
                                + " foreign CPU: the mean over iterations, one busy processor is 100.",
                        new Grid(
                                List.of("run", "configuration"),
                                List.of(
                                        new Grid.Column("clock", ""),
                                        new Grid.Column("error bound", "%"),
                                        new Grid.Column("rate", "ppm"),
                                        new Grid.Column("shortest", "us"),
                                        new Grid.Column("steal", "%"),
                                        new Grid.Column("foreign CPU", "%"),
                                        new Grid.Column("contaminated", "")),
                                lines),
                        new Chart.None(),
                        true));
    }

    private Optional<Grid.Line> timing(int run, Row row) {
        Run measured = comparison.runs().get(run);
        List<IterationRecord> iterations = measured.measurements().stream()
                .filter(measurement -> measurement.configuration().equals(row.configuration()))
                .map(Measurement::forkRecords)
                .flatMap(List::stream)
                .map(ForkRecord::iterations)
                .flatMap(List::stream)
                .toList();
        String clock = row.cells().get(run).map(Row.Cell::clock).orElse("");
        if (iterations.isEmpty() && clock.isEmpty()) {
            return Optional.empty();
        }
        long contaminated =
                iterations.stream().filter(IterationRecord::contaminated).count();
        OptionalDouble fast = detail(row.configuration(), "clock.localFastPpm", run);
        OptionalDouble slow = detail(row.configuration(), "clock.localSlowPpm", run);
        OptionalDouble rate = fast.isPresent() && slow.isPresent()
                ? OptionalDouble.of(fast.getAsDouble() - slow.getAsDouble())
                : fast;
        return Optional.of(new Grid.Line(
                List.of(measured.name(), names.of(row.configuration())),
                List.of(
                        Value.words(clock.isEmpty() ? "not recorded" : clock),
                        value(detail(row.configuration(), "clock.errorPercent", run)),
                        value(rate),
                        value(detail(row.configuration(), "clock.shortestIterationUs", run)),
                        value(mean(iterations, "stealPercent")),
                        value(mean(iterations, "foreignPercent")),
                        Value.words(iterations.isEmpty() ? "" : contaminated + " of " + iterations.size()))));
    }

    private OptionalDouble detail(Configuration configuration, String metric, int run) {
        return comparison.details().stream()
                .filter(row -> row.configuration().equals(configuration)
                        && row.metric().equals(metric))
                .flatMap(row -> row.cells().get(run).stream())
                .mapToDouble(Row.Cell::value)
                .findFirst();
    }

    private static OptionalDouble mean(List<IterationRecord> iterations, String field) {
        return iterations.stream()
                .flatMapToDouble(iteration -> iteration.number(field).stream())
                .average();
    }

    private static Value value(OptionalDouble number) {
        return number.isPresent() && Double.isFinite(number.getAsDouble())
                ? Value.of(number.getAsDouble(), Optional.empty(), AS_IT_IS)
                : Value.words("");
    }

    /** All that is known of the machines, what differs marked; empty where nothing is known, or of too many. */
    Optional<Section> machines() {
        Set<String> keys = new LinkedHashSet<>();
        comparison
                .runs()
                .forEach(run -> run.environment()
                        .sections()
                        .forEach((section, facts) ->
                                keys.addAll(run.environment().section(section).keySet())));
        if (keys.isEmpty() || comparison.runs().size() > MOST_RUNS) {
            return Optional.empty();
        }
        List<Grid.Line> lines = new ArrayList<>();
        int differing = 0;
        for (String key : keys) {
            List<String> values = comparison.runs().stream()
                    .map(run -> run.environment().fact(key).orElse(""))
                    .toList();
            boolean differs = new LinkedHashSet<>(values).size() > 1;
            differing += differs ? 1 : 0;
            List<Value> cells =
                    new ArrayList<>(values.stream().map(Value::words).toList());
            cells.add(Value.words(differs ? Chart.DIFFERS : ""));
            lines.add(new Grid.Line(List.of(key), cells));
        }
        List<Grid.Column> columns = new ArrayList<>();
        comparison.runs().forEach(run -> columns.add(new Grid.Column(run.name(), "")));
        columns.add(new Grid.Column("alike", ""));
        return Optional.of(new Section.Figure(
                "Machines",
                "All that is known of the machines",
                "machine-facts",
                comparison.runs().size() == 1 ? "" : differing + " of " + keys.size() + " facts differ.",
                "",
                new Grid(List.of("fact"), columns, lines),
                new Chart.None(),
                true));
    }

    /** The commands that measure and compare the same once more; empty where no run tells how it was made. */
    List<String> commands() {
        List<String> lines = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (Run run : comparison.runs()) {
            folders.add(quoted(run.name()));
            run.header().ifPresent(header -> {
                List<String> words = new ArrayList<>(List.of("java"));
                words.addAll(header.jvmFlags());
                words.addAll(List.of("-jar", "benchmarks.jar", "run", header.profile()));
                words.addAll(header.options());
                if (!header.only().isEmpty()) {
                    words.addAll(List.of("--only", header.only()));
                }
                header.labels().forEach((name, value) -> words.addAll(List.of("--label", name + "=" + value)));
                words.addAll(List.of("--out", run.name()));
                lines.add(String.join(
                        " ", words.stream().map(GroundFigures::quoted).toList()));
            });
        }
        if (!lines.isEmpty()) {
            lines.add("java -jar benchmarks.jar report " + String.join(" ", folders) + " --baseline "
                    + folders.get(comparison.baseline()) + " --html report.html");
        }
        return lines;
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What a reader should know before acting on a difference, beyond what is wrong. */
    List<String> cautions(DocumentOptions options) {
        List<String> cautions = new ArrayList<>();
        if (comparison.runs().size() > 1 && options.again().isEmpty()) {
            cautions.add(
                    "how far two native runs differ is not known: measure native once more and give it by --again");
        }
        int fewest = comparison.rows().stream()
                .flatMap(row -> row.cells().stream())
                .flatMap(Optional::stream)
                .mapToInt(cell -> cell.forks().values().size())
                .min()
                .orElse(0);
        if (fewest > 0 && fewest < 5) {
            cautions.add("few forks: " + fewest
                    + " of some configurations; five on each side make intervals a third narrower than three");
        }
        long cached = comparison.runs().stream()
                .flatMap(run -> run.measurements().stream())
                .filter(measurement -> Stream.ofNullable(measurement.facts().get("direct"))
                        .flatMap(Set::stream)
                        .anyMatch(value -> value.startsWith("no")))
                .count();
        if (cached > 0) {
            cautions.add("page cache: " + cached + " results went through it, which measures memory, not the disk");
        }
        return cautions;
    }
}
