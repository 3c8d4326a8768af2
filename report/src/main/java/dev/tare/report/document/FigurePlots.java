package dev.tare.report.document;

import dev.tare.report.chart.BarChart;
import dev.tare.report.chart.CurveChart;
import dev.tare.report.chart.DotPlot;
import dev.tare.report.chart.ForkPlot;
import dev.tare.report.chart.GanttChart;
import dev.tare.report.chart.HeatMap;
import dev.tare.report.chart.NightPlot;
import dev.tare.report.chart.Plot;
import dev.tare.report.document.Grid.Column;
import dev.tare.report.efficiency.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes of a figure's grid what its chart needs: the words of its marks are those of its table. */
final class FigurePlots {
    /** The word by which a timeline tells what counts. */
    private static final String COUNTED = "counted";

    private static final double REFERENCE = 100;

    private final Grid grid;

    private FigurePlots(Grid grid) {
        this.grid = grid;
    }

    /** The drawing; empty where nothing is drawn, or where no number is there to be drawn. */
    static Optional<Plot> of(Section.Figure figure) {
        FigurePlots plots = new FigurePlots(figure.grid());
        return plots.numeric(plots.carriers(figure.chart())).isEmpty() ? Optional.empty() : plots.plot(figure.chart());
    }

    /** The columns without whose numbers a chart would be empty. */
    private List<Integer> carriers(Chart chart) {
        int columns = grid.columns().size();
        if (chart instanceof Chart.Dots || chart instanceof Chart.Timeline) {
            return List.of(0);
        }
        return chart instanceof Chart.Curves || chart instanceof Chart.Nights ? range(1, columns) : range(0, columns);
    }

    private Optional<Plot> plot(Chart chart) {
        int columns = grid.columns().size();
        if (chart instanceof Chart.Dots dots) {
            Map<String, DotPlot.Band> noise = new LinkedHashMap<>();
            dots.noise().forEach((group, band) -> noise.put(group, new DotPlot.Band(band.low(), band.high())));
            return Optional.of(new DotPlot(lines(List.of(0)), noise));
        }
        if (chart instanceof Chart.Bars bars) {
            List<Integer> drawn = ofOneUnit(numeric(range(0, columns)));
            return Optional.of(new BarChart(lines(drawn), series(drawn), bars.referenced()));
        }
        if (chart instanceof Chart.Curves) {
            List<Integer> drawn = numeric(range(0, columns));
            return Optional.of(new CurveChart(lines(drawn), series(drawn)));
        }
        if (chart instanceof Chart.Spread) {
            List<Integer> drawn = range(0, columns - 1);
            double reference = grid.columns().get(0).unit().equals("%") ? REFERENCE : Double.NaN;
            return Optional.of(new ForkPlot(lines(range(0, columns)), series(drawn), reference));
        }
        if (chart instanceof Chart.Heat) {
            List<Integer> drawn = numeric(range(0, columns));
            return Optional.of(new HeatMap(
                    lines(drawn),
                    drawn.stream()
                            .map(column -> grid.columns().get(column).name())
                            .toList()));
        }
        if (chart instanceof Chart.Nights) {
            return Optional.of(
                    new NightPlot(lines(List.of(0, 1, 2)), grid.columns().get(1).unit()));
        }
        if (chart instanceof Chart.Timeline) {
            return Optional.of(new GanttChart(grid.lines().stream()
                    .filter(line -> line.values().get(0).isNumber()
                            && line.values().get(1).isNumber())
                    .map(FigurePlots::span)
                    .toList()));
        }
        return Optional.empty();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** Columns that have any number. */
    private List<Integer> numeric(List<Integer> columns) {
        return columns.stream()
                .filter(column -> grid.lines().stream()
                        .anyMatch(line -> line.values().get(column).isNumber()))
                .toList();
    }

    /** Bars of one axis are of one unit: that of the first. */
    private List<Integer> ofOneUnit(List<Integer> columns) {
        String unit = grid.columns().get(columns.get(0)).unit();
        return columns.stream()
                .filter(column -> grid.columns().get(column).unit().equals(unit))
                .toList();
    }

    private List<Plot.Line> lines(List<Integer> columns) {
        return grid.lines().stream()
                .map(line -> new Plot.Line(
                        line.group(),
                        line.name(),
                        columns.stream()
                                .map(column -> datum(line.values().get(column)))
                                .toList()))
                .toList();
    }

    private List<Plot.Series> series(List<Integer> columns) {
        return columns.stream()
                .map(index -> {
                    Column column = grid.columns().get(index);
                    return new Plot.Series(column.name(), column.unit(), column.tone());
                })
                .toList();
    }

    static Plot.Datum datum(Value value) {
        return new Plot.Datum(
                value.number(),
                value.interval().map(Interval::low).orElse(Double.NaN),
                value.interval().map(Interval::high).orElse(Double.NaN),
                PageText.of(value),
                value.evidence());
    }

    private static GanttChart.Span span(Grid.Line line) {
        Value begin = line.values().get(0);
        Value end = line.values().get(1);
        String track = line.group().isEmpty() ? line.name() : line.group();
        String words = String.join(", ", line.names()) + ": " + begin.text() + " to " + end.text();
        boolean counted =
                line.values().size() > 2 && line.values().get(2).text().equals(COUNTED);
        return new GanttChart.Span(track, words, begin.number(), end.number(), counted);
    }
}
