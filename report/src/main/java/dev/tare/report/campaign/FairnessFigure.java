package dev.tare.report.campaign;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.rounds.Fairness;
import dev.tare.report.rounds.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How evenly hosts are served that do the same. */
final class FairnessFigure {
    private final RoundResults results;

    FairnessFigure(RoundResults results) {
        this.results = results;
    }

    Figure figure() {
        List<Grid.Line> lines = new ArrayList<>();
        String least = "";
        double lowest = Double.POSITIVE_INFINITY;
        for (MeasuredGroup group : results.groups()) {
            Optional<Fairness> some = of(group);
            if (some.isPresent()) {
                Grid.Line line = line(group, some.get());
                lines.add(line);
                if (some.get().index() < lowest) {
                    lowest = some.get().index();
                    least = "Least fair: " + line.name() + ", " + words(group, some.get()) + ".";
                }
            }
        }
        return results.figure(
                "Fairness",
                "fairness",
                least,
                "Jain's index J of what each has: 1 when all are served alike, 1/n when one of n has all.",
                new Grid(
                        List.of("scenario"),
                        List.of(
                                new Grid.Column("J", "", Tone.FIRST),
                                new Grid.Column("least / most", "", Tone.THIRD),
                                new Grid.Column("worst served", ""),
                                new Grid.Column("of", "")),
                        lines),
                new Chart.Bars(false));
    }

    private Grid.Line line(MeasuredGroup group, Fairness fairness) {
        return new Grid.Line(
                List.of(group.scenario().name() + " " + group.workload()),
                List.of(
                        new Value(
                                fairness.index(),
                                fairness.interval(),
                                decimals(fairness.index()),
                                fairness.interval()
                                        .map(FairnessFigure::decimals)
                                        .orElse(""),
                                List.of()),
                        Value.number(fairness.leastOverMost(), decimals(fairness.leastOverMost())),
                        Value.words(group.hosts().get(fairness.worst())),
                        Value.words(isOfAlone(group) ? "parts of what each has alone" : "rates")));
    }

    /**
     * Of what each has in parts of what it has alone, round by round; of plain rates where that was not measured for all.
     * Empty when there is but one.
     */
    Optional<Fairness> of(MeasuredGroup group) {
        List<Series> each = new ArrayList<>(group.each(results.rates()));
        if (isOfAlone(group)) {
            List<Series> alone = results.alone(group);
            for (int i = 0; i < each.size(); i++) {
                each.set(i, each.get(i).over(alone.get(i)));
            }
        }
        return Fairness.of(each);
    }

    private boolean isOfAlone(MeasuredGroup group) {
        return results.alone(group).stream().noneMatch(Series::isEmpty);
    }

    /** Such as {@code J = 0.800 [0.791, 0.808], worst served vm2}; of those that are served alike none is worst. */
    static String words(MeasuredGroup group, Fairness fairness) {
        boolean alike = decimals(fairness.leastOverMost()).equals(decimals(1));
        return "J = " + decimals(fairness.index())
                + fairness.interval().map(ends -> " " + decimals(ends)).orElse("")
                + (alike ? "" : ", worst served " + group.hosts().get(fairness.worst()));
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String decimals(Interval ends) {
        return "[" + decimals(ends.low()) + ", " + decimals(ends.high()) + "]";
    }
}
