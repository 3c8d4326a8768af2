package dev.tare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What drawings keep to, whatever they show. */
final class PlotTest {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Caption CAPTION = new Caption("f1", "A <title>", "what is seen");

    private static Plot.Datum datum(double value, double low, double high) {
        return new Plot.Datum(value, low, high, value + " % [" + low + ", " + high + "]", true);
    }

    private static Plot.Datum lone(double value) {
        return new Plot.Datum(value, Double.NaN, Double.NaN, String.valueOf(value), true);
    }

    private static Plot.Line line(String name, Plot.Datum... data) {
        return new Plot.Line("group", name, List.of(data));
    }

    private static List<Plot> plots() {
        List<Plot.Series> series = List.of(
                new Plot.Series("native", "MB/s", Tone.NATIVE),
                new Plot.Series("vm", "MB/s", Tone.FIRST),
                new Plot.Series("hvm", "MB/s", Tone.SECOND));
        List<Plot.Line> lines = List.of(
                line("a", lone(1), datum(50, 20, 90), lone(Double.NaN)),
                line("b", lone(1000), datum(99, 1e-9, 1e12), datum(120, 110, 130)));
        return List.of(
                new DotPlot(lines, Map.of("group", new DotPlot.Band(95, 105))),
                new DotPlot(lines, Map.of()),
                new BarChart(lines, series, true),
                new CurveChart(lines, series),
                new ForkPlot(lines, series.subList(0, 2), 100),
                new HeatMap(lines, List.of("x", "y", "z")),
                new VerdictStrip(datum(99, 80, 140), List.of(10.0, 300.0)),
                new GanttChart(List.of(
                        new GanttChart.Span("vm1", "vm1: 0 to 10", 0, 10, true),
                        new GanttChart.Span("vm2", "vm2: 5 to 2000", 5, 2000, false))));
    }

    @Test
    void everyDrawingIsAnImageWithTitleAndDescriptionAndWithoutStyle() {
        for (Plot plot : plots()) {
            for (Width width : Width.values()) {
                String svg = plot.svg(CAPTION, width);
                assertThat(svg)
                        .startsWith("<svg ")
                        .endsWith("</svg>")
                        .contains("role=\"img\"", "A &lt;title&gt;</title>", "what is seen</desc>", "<title>")
                        .doesNotContain("style=", "NaN\"", "Infinity", "<script");
            }
        }
    }

    @Test
    void everyColourIsAnAttributeWithAClassBesideIt() {
        for (Plot plot : plots()) {
            String svg = plot.svg(CAPTION, Width.WIDE);
            assertThat(TAG.matcher(svg).results().map(MatchResult::group))
                    .anySatisfy(tag -> assertThat(tag).contains("=\"#"))
                    .allSatisfy(tag -> {
                        String[] classes = tag.replaceAll(".* class=\"([^\"]*)\".*|.*", "$1")
                                .split(" ");
                        assertThat(classes)
                                .as(tag)
                                .filteredOn(word -> word.startsWith("f-"))
                                .hasSize(tag.contains(" fill=\"#") ? 1 : 0);
                        assertThat(classes)
                                .as(tag)
                                .filteredOn(word -> word.startsWith("s-"))
                                .hasSize(tag.contains(" stroke=\"#") ? 1 : 0);
                    });
        }
    }

    @Test
    void theSameNumbersMakeTheSameBytes() {
        List<Plot> once = plots();
        List<Plot> twice = plots();
        for (int i = 0; i < once.size(); i++) {
            assertThat(once.get(i).svg(CAPTION, Width.NARROW))
                    .isEqualTo(twice.get(i).svg(CAPTION, Width.NARROW));
        }
    }

    @Test
    void anIntervalThatLeavesTheAxisEndsInArrowsAndALoneValueIsHollow() {
        String beyond = new DotPlot(List.of(line("b", datum(99, 1e-9, 1e12))), Map.of()).svg(CAPTION, Width.WIDE);
        // An arrow's two strokes meet at the end of the axis; a tick is one stroke.
        assertThat(beyond).containsPattern("M266 [0-9.]+L262 [0-9.]+L266").containsPattern("L566 ");
        String lone = new DotPlot(List.of(line("a", lone(80))), Map.of()).svg(CAPTION, Width.WIDE);
        assertThat(lone).contains("class=\"f-paper s-even\"");
    }

    @Test
    void whatMayBeChanceIsDrawnBehindTheGroupForWhichItHolds() {
        List<Plot.Line> lines = List.of(
                new Plot.Line("disk", "a", List.of(datum(71, 70, 72))),
                new Plot.Line("net", "b", List.of(datum(71, 70, 72))),
                new Plot.Line("memory", "c", List.of(datum(71, 70, 72))));
        String svg = new DotPlot(lines, Map.of("disk", new DotPlot.Band(99, 101), "net", new DotPlot.Band(43, 233)))
                .svg(CAPTION, Width.WIDE);

        assertThat(svg).containsPattern("<g class=\"f-noise\"[^>]*><rect [^>]*/><rect [^>]*/></g>");
        // What net lost is less than what it differs by from itself.
        assertThat(svg)
                .containsPattern("<g class=\"f-loss [^>]*><g><title>disk, a: ")
                .containsPattern("<g class=\"f-even [^>]*><g><title>net, b: ");
    }

    @Test
    void namesAreShortenedNeverCutWithinACharacter() {
        assertThat(Lettering.shortened("\uD83D\uDE00".repeat(50), 10, 100))
                .endsWith("\u2026")
                .doesNotContain("?");
        assertThat(Lettering.wrapped("StreamBench.triad arrayBytes=32MiB elementType=DOUBLE", 11.5, 246, 2))
                .hasSize(2);
        assertThat(Lettering.wrapped("", 11.5, 246, 2)).isEmpty();
        assertThat(Lettering.wrapped("send messageBytes=256KiB", 10.5, 90, 3))
                .containsExactly("send", "messageBytes=", "256KiB");
    }

    @Test
    void theUnitOfBarsIsNeverCut() {
        Plot.Series series = new Plot.Series("native", "MB/s", Tone.NATIVE);
        List<Plot.Line> lines = List.of(new Plot.Line("name ".repeat(50), "a", List.of(lone(1))));
        for (Width width : List.of(Width.WIDE, Width.NARROW)) {
            assertThat(new BarChart(lines, List.of(series), false).svg(CAPTION, width))
                    .contains("\u2026, MB/s<");
        }
    }

    @Test
    void anIntervalManyTimesItsValueLeavesTheValuesToBeSeen() {
        assertThat(Plot.largest(Stream.of(lone(Double.NaN), datum(2.03, 0.008, 540), lone(1))))
                .isCloseTo(3 * 2.03, within(1e-9));
        assertThat(Plot.largest(Stream.of(datum(2, 1, 3), datum(5, 4, 7)))).isEqualTo(7);
        assertThat(Plot.largest(Stream.of(datum(0, 0, 4)))).isEqualTo(4);
        assertThat(Plot.largest(Stream.of())).isEqualTo(1);
    }
}
