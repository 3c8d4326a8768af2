package dev.tare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What drawings keep to, whatever they show. */
final class PlotTest {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern MARKED_LINE = Pattern.compile("<title>[^<]*line (\\d+)[.]");
    /** Place and label of a number without a fraction. */
    private static final Pattern TICK = Pattern.compile("<text x=\"([0-9.]+)\" y=\"[0-9.]+\">(\\d+)<");

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

    /** 120 lines of 6 groups, of which none is higher than paper. */
    private static List<Plot.Line> many() {
        return IntStream.range(0, 120)
                .mapToObj(i -> new Plot.Line(
                        "group " + (char) ('A' + i / 20),
                        "line " + i + ".",
                        List.of(datum(40 + i, 39 + i, 41 + i), datum(50 + i, 49 + i, 51 + i))))
                .toList();
    }

    private static List<Plot> high() {
        List<Plot.Series> series =
                List.of(new Plot.Series("native", "MB/s", Tone.NATIVE), new Plot.Series("vm", "MB/s", Tone.FIRST));
        List<Plot.Line> ofManyGroups = IntStream.range(0, 120)
                .mapToObj(i -> new Plot.Line(
                        "group " + i, "line " + i + ".", many().get(i).data()))
                .toList();
        return List.of(
                new DotPlot(many(), Map.of()),
                new BarChart(many(), series, true),
                new CurveChart(ofManyGroups, series),
                new ForkPlot(many(), series, 100),
                new HeatMap(many(), List.of("x", "y")),
                new GanttChart(IntStream.range(0, 120)
                        .mapToObj(i -> new GanttChart.Span("vm" + i, "line " + i + ".: 0 to 10", i, i + 10, true))
                        .toList()));
    }

    @Test
    void whatIsTooHighForPaperBecomesSeveralDrawingsWithEveryLineInOneOfThem() {
        for (Plot plot : high()) {
            for (Width width : List.of(Width.WIDE, Width.NARROW)) {
                List<String> parts = List.of(plot.svg(CAPTION, width).split("(?<=</svg>)"));
                assertThat(parts).as(plot.getClass() + " " + width).hasSizeGreaterThan(1);
                assertThat(parts)
                        .allSatisfy(part -> assertThat(
                                        Double.parseDouble(part.replaceAll("^<svg[^>]* height=\"([0-9.]+)\".*", "$1")))
                                .as(plot.getClass() + " " + width)
                                .isLessThanOrEqualTo(width.mostHigh()));
                assertThat(parts.stream().map(part -> part.replaceAll(".*?<title id=\"[^>]*>([^<]*)<.*", "$1")))
                        .doesNotHaveDuplicates()
                        .allSatisfy(title -> assertThat(title).startsWith("A &lt;title&gt;, "));
            }
        }
        for (Plot marked : List.of(high().get(0), high().get(5))) {
            assertThat(parts(marked))
                    .flatMap(part -> MARKED_LINE
                            .matcher(part)
                            .results()
                            .map(found -> found.group(1))
                            .toList())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 120).mapToObj(String::valueOf).toList());
        }
    }

    private static List<String> parts(Plot plot) {
        return List.of(plot.svg(CAPTION, Width.WIDE).split("(?<=</svg>)"));
    }

    /** Else they could not be compared: ticks stand in the same places, with the same labels. */
    @Test
    void allPartsOfADrawingHaveTheSameAxis() {
        for (Plot plot : List.of(high().get(0), high().get(3), high().get(5))) {
            List<List<String>> axes = parts(plot).stream()
                    .map(part -> TICK.matcher(part)
                            .results()
                            .map(tick -> tick.group(1) + ": " + tick.group(2))
                            .distinct()
                            .toList())
                    .toList();
            assertThat(axes.get(0)).as(plot.getClass().toString()).hasSizeGreaterThan(1);
            assertThat(axes).allSatisfy(axis -> assertThat(axis).isEqualTo(axes.get(0)));
        }
    }

    @Test
    void aGroupIsBrokenOnlyWhereItIsTooHighByItself() {
        Sheets<String> sheets = new Sheets<>(line -> line.substring(0, 1), line -> 10, 5, 40);
        assertThat(sheets.parts(List.of("a1", "a2", "b1", "b2", "c1", "c2", "c3", "c4", "d1")))
                .containsExactly(
                        List.of("a1", "a2"), List.of("b1", "b2", "c1"), List.of("c2", "c3", "c4"), List.of("d1"));
        assertThat(sheets.parts(List.of("a1", "b1", "c1"))).containsExactly(List.of("a1", "b1"), List.of("c1"));
        assertThat(new Sheets<String>(line -> "", line -> 10, 5, 40).parts(List.of("a", "b", "c", "d", "e")))
                .containsExactly(List.of("a", "b", "c", "d"), List.of("e"));
        assertThat(sheets.parts(List.of())).containsExactly(List.of());
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
        assertThat(Lettering.wrapped("LatencyUnderLoadBench", 10.5, 90, 2))
                .containsExactly("LatencyUnder", "LoadBench");
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
