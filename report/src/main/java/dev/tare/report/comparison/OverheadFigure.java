package dev.tare.report.comparison;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.OverheadSplit;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an operation costs however small it is, and what each byte costs, of each sweep of sizes in each run. */
final class OverheadFigure {
    /** Less is the arithmetic, and no news. */
    private static final double LEAST_RESIDUAL = 1e-4;

    private static final DisplayUnit MICROSECONDS = new DisplayUnit("us", 1e6);
    private static final DisplayUnit MEGABYTES = new DisplayUnit("MB/s", 1e-6);

    private final Comparison comparison;
    private final ShortNames names;

    OverheadFigure(Comparison comparison, ShortNames names) {
        this.comparison = comparison;
        this.names = names;
    }

    /** Empty without a sweep over sizes in bytes. */
    Optional<Section> figure() {
        List<Grid.Line> lines = new ArrayList<>();
        int refused = 0;
        for (SizeSweep sweep : SizeSweep.among(comparison.rows())) {
            if (sweep.parameter().endsWith("Bytes")) {
                Optional<OverheadSplit> baseline = split(sweep, comparison.baseline());
                for (int run = 0; run < comparison.runs().size(); run++) {
                    Optional<OverheadSplit> split = split(sweep, run);
                    refused += split.flatMap(OverheadSplit::refusal).isPresent() ? 1 : 0;
                    boolean guest = run != comparison.baseline();
                    line(sweep, run, split, guest ? baseline : Optional.empty()).ifPresent(lines::add);
                }
            }
        }
        String finding = refused == 0
                ? ""
                : Counted.of(refused, "line does not fit and is refused", "lines do not fit and are refused") + ".";
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Figure(
                        "Overhead split",
                        "Fixed cost of an operation, and bandwidth",
                        "overhead-split",
                        finding,
                        "Time per operation = fixed cost + bytes / bandwidth, fitted to the fork means of all sizes; 95 %"
                                + " intervals. Bars: the fixed cost, and what a guest adds to it.",
                        new Grid(
                                List.of("sweep", "run"),
                                List.of(
                                        new Grid.Column("fixed cost", "us", Tone.NATIVE),
                                        new Grid.Column("added", "us", Tone.LOSS),
                                        new Grid.Column("bandwidth", "MB/s"),
                                        new Grid.Column("line", "")),
                                lines),
                        new Chart.Bars(false),
                        false));
    }

    private Optional<Grid.Line> line(
            SizeSweep sweep, int run, Optional<OverheadSplit> split, Optional<OverheadSplit> baseline) {
        return split.map(fit -> {
            List<String> name = List.of(
                    names.of(sweep.common()) + " by " + sweep.parameter(),
                    comparison.runs().get(run).name());
            if (fit.refusal().isPresent()) {
                return new Grid.Line(
                        name,
                        List.of(
                                Value.words(""),
                                Value.words(""),
                                Value.words(""),
                                Value.words(fit.refusal().get())));
            }
            Value added = baseline.filter(reference -> reference.refusal().isEmpty())
                    .map(reference -> Value.of(
                            fit.fixedS() - reference.fixedS(), Optional.of(fit.addedTo(reference)), MICROSECONDS))
                    .orElse(Value.words(""));
            Optional<Interval> bandwidth = fit.bandwidth();
            return new Grid.Line(
                    name,
                    List.of(
                            Value.of(fit.fixedS(), Optional.of(fit.fixed()), MICROSECONDS),
                            added,
                            Value.of(1 / fit.perByteS(), bandwidth, MEGABYTES),
                            Value.words("misses no size by more than "
                                    + DisplayUnit.percent(Math.max(LEAST_RESIDUAL, fit.largestResidual())))));
        });
    }

    /** Empty where the run lacks sizes, or where the quantity tells no time per operation. */
    private static Optional<OverheadSplit> split(SizeSweep sweep, int run) {
        List<OverheadSplit.Size> sizes = new ArrayList<>();
        for (Row row : sweep.rows()) {
            double bytes = sweep.at(row);
            Optional<Row.Cell> cell = row.cells().get(run);
            if (cell.isPresent() && cell.get().forks().obstacle().isEmpty()) {
                List<Double> seconds = new ArrayList<>();
                for (double value : cell.get().forks().values()) {
                    seconds(row.unit(), value, bytes).ifPresent(seconds::add);
                }
                if (!seconds.isEmpty()) {
                    sizes.add(new OverheadSplit.Size(bytes, seconds));
                }
            }
        }
        return sizes.size() < OverheadSplit.LEAST_SIZES ? Optional.empty() : Optional.of(OverheadSplit.of(sizes));
    }

    private static OptionalDouble seconds(String unit, double value, double bytes) {
        return switch (unit) {
            case "MB/s" -> OptionalDouble.of(bytes / (value * 1e6));
            case "IO/s", "1/s", "ops/s" -> OptionalDouble.of(1 / value);
            case "s/op" -> OptionalDouble.of(value);
            default -> OptionalDouble.empty();
        };
    }
}
