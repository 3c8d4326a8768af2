package dev.tare.report.comparison;

import dev.tare.report.document.Section;
import dev.tare.report.efficiency.Interval;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All that a comparison shows in drawings, in the order of a page. */
final class ComparisonFigures {
    /** Forks of more runs would make the page long, and few would look at them. */
    private static final int MOST_RUNS_WITH_FORKS = 4;

    private final Comparison comparison;
    private final ShortNames names;
    private final DocumentOptions options;

    ComparisonFigures(Comparison comparison, ShortNames names, DocumentOptions options) {
        this.comparison = comparison;
        this.names = names;
        this.options = options;
    }

    /** Verdict, configurations, components, fixed costs, latencies. */
    List<Section> results() {
        List<Section> figures = new ArrayList<>();
        List<Integer> others = IntStream.range(0, comparison.runs().size())
                .filter(run -> run != comparison.baseline())
                .boxed()
                .toList();
        Run baseline = comparison.runs().get(comparison.baseline());
        Optional<Interval> noise = options.again().flatMap(again -> NoiseFloor.of(baseline, again));
        if (!others.isEmpty()) {
            figures.add(new VerdictFigure(comparison, names, noise).figure(others));
            figures.addAll(new ConfigurationFigures(comparison, names, noise).figures(others));
        }
        BarGroups groups = options.groupBy().isEmpty()
                ? BarGroups.ofRuns(comparison.runs(), comparison.baseline())
                : BarGroups.by(options.groupBy(), comparison.runs(), comparison.baseline());
        figures.addAll(new ComponentFigures(comparison, names, groups).figures());
        new OverheadFigure(comparison, names).figure().ifPresent(figures::add);
        figures.addAll(new LatencyFigures(comparison, names).figures());
        return figures;
    }

    /** What tells how far the results can be trusted. */
    List<Section> grounds() {
        List<Section> figures = new ArrayList<>();
        GroundFigures grounds = new GroundFigures(comparison, names);
        grounds.timing().ifPresent(figures::add);
        if (comparison.runs().size() <= MOST_RUNS_WITH_FORKS) {
            ForkFigure forks = new ForkFigure(comparison, names);
            for (int run = 0; run < comparison.runs().size(); run++) {
                forks.figure(run).ifPresent(figures::add);
            }
        }
        grounds.machines().ifPresent(figures::add);
        figures.add(
                new Section.Sentences("Before you act on a difference", "caution", grounds.cautions(options), false));
        figures.add(new Section.Sentences("How to repeat it", "command", grounds.commands(), false));
        return figures;
    }
}
