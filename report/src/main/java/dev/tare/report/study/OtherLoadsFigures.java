package dev.tare.report.study;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.rounds.Fairness;
import dev.tare.report.rounds.Series;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a guest keeps beside guests that do the same or something else, and how evenly they share. */
final class OtherLoadsFigures {
    private static final String CHAPTER = "Who disturbs whom";
    private static final String KIND = "interference";
    /** Behind a metric: two other guests computed meanwhile. */
    private static final String UNDER_CPU_LOAD = "-under-cpu-load";

    private static final List<String> COMPONENTS = List.of("net", "io");

    private final TogetherValues all;

    OtherLoadsFigures(TogetherValues all) {
        this.all = all;
    }

    List<Section> figures() {
        List<Section> figures = new ArrayList<>(List.of(matrix()));
        COMPONENTS.forEach(component -> figures.add(underCpuLoad(component)));
        for (String component : COMPONENTS) {
            figures.add(mixedSum(component));
            figures.add(mixedEach(component));
        }
        figures.add(fairness());
        return figures;
    }

    /** The metric while all three guests use the other device, too; of processors and memory there is none. */
    private static String mixed(StudyValue alone) {
        return alone.metric() + (alone.component().equals("net") ? "-with-disk" : "-with-net");
    }

    private static String other(String component) {
        return component.equals("net") ? "disk" : "network";
    }

    /** What one guest has in the mean of what it has alone. */
    private Section.Figure matrix() {
        List<String> neighbours = List.of(
                "1 guest with the same",
                "2 guests with the same",
                "2 guests that compute",
                "2 guests on disk and network");
        List<Grid.Line> lines = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        String where = "";
        for (StudyValue one : all.alone()) {
            String metric = one.metric();
            List<Optional<Double>> beside = List.of(
                    all.perGuest(metric, 2),
                    all.perGuest(metric, TogetherValues.MOST_GUESTS),
                    all.find(metric + UNDER_CPU_LOAD, TogetherValues.MOST_GUESTS, "vm1")
                            .map(StudyValue::number),
                    all.perGuest(mixed(one), TogetherValues.MOST_GUESTS));
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < beside.size(); i++) {
                Optional<Double> kept =
                        beside.get(i).map(now -> one.lessIsBetter() ? one.number() / now : now / one.number());
                if (kept.isPresent() && kept.get() < least) {
                    least = kept.get();
                    where = StudyValue.readableComponent(one.component()) + ", " + one.test() + " beside "
                            + neighbours.get(i);
                }
                values.add(kept.map(ratio -> Value.percent(ratio, Optional.empty()))
                        .orElse(Value.words("")));
            }
            lines.add(new Grid.Line(List.of(StudyValue.readableComponent(one.component()), one.test()), values));
        }
        return new Section.Figure(
                CHAPTER,
                "What a guest keeps beside others",
                KIND,
                "Least: " + where + ", " + DisplayUnit.percent(least) + ".",
                "Of what it has alone, the mean over guests that do the same. Of one device a fair half is 50 % and a fair"
                        + " third 33 %.",
                new Grid(
                        List.of("component", "test"),
                        neighbours.stream()
                                .map(name -> new Grid.Column(name, "%"))
                                .toList(),
                        lines),
                new Chart.Heat(),
                false);
    }

    private Section.Figure underCpuLoad(String component) {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (StudyValue one : all.aloneOf(component)) {
            StudyValue loaded = all.of(one.metric() + UNDER_CPU_LOAD, TogetherValues.MOST_GUESTS, "vm1");
            findings.add(one.test() + " " + DisplayUnit.percent(loaded.keeps(one)));
            lines.add(new Grid.Line(
                    List.of(one.test()),
                    List.of(
                            TogetherValues.printed(one),
                            TogetherValues.printed(loaded),
                            Value.percent(loaded.keeps(one), Optional.empty()))));
        }
        return new Section.Figure(
                CHAPTER,
                StudyValue.readableComponent(component) + " while two other guests compute (more is better)",
                KIND,
                "Of what it has alone a guest keeps: " + String.join(", ", findings) + ".",
                "",
                new Grid(
                        List.of("test"),
                        List.of(
                                new Grid.Column("alone", "MB/s", Tone.NATIVE),
                                new Grid.Column("while two compute", "MB/s", Tone.THIRD),
                                new Grid.Column("kept", "%")),
                        lines),
                new Chart.Bars(true),
                false);
    }

    private Section.Figure mixedSum(String component) {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (StudyValue one : all.aloneOf(component)) {
            StudyValue same = all.of(one.metric(), TogetherValues.MOST_GUESTS, TogetherValues.SUM);
            StudyValue mixed = all.of(mixed(one), TogetherValues.MOST_GUESTS, TogetherValues.SUM);
            findings.add(one.test() + " " + DisplayUnit.percent(mixed.keeps(same)));
            lines.add(new Grid.Line(
                    List.of(one.test()),
                    List.of(
                            TogetherValues.printed(one),
                            TogetherValues.printed(same),
                            TogetherValues.printed(mixed),
                            Value.percent(mixed.keeps(same), Optional.empty()))));
        }
        String name = StudyValue.readableComponent(component);
        return new Section.Figure(
                CHAPTER,
                name + " beside the " + other(component) + ": sum of three guests (more is better)",
                KIND,
                "The sum with the " + other(component) + ", of that without: " + String.join(", ", findings) + ".",
                "All three guests use both at once. Dashed: what one has alone.",
                new Grid(
                        List.of("test"),
                        List.of(
                                new Grid.Column("1 guest alone", "MB/s", Tone.NATIVE),
                                new Grid.Column("3 guests", "MB/s", Tone.FIRST),
                                new Grid.Column("3 guests, with the " + other(component), "MB/s", Tone.SECOND),
                                new Grid.Column("with / without", "%")),
                        lines),
                new Chart.Bars(true),
                false);
    }

    private Section.Figure mixedEach(String component) {
        List<Grid.Line> lines = new ArrayList<>();
        String where = "";
        double least = 1;
        for (StudyValue one : all.aloneOf(component)) {
            List<StudyValue> each = all.each(mixed(one), TogetherValues.MOST_GUESTS);
            double apart = fairness(each).map(Fairness::leastOverMost).orElse(1.0);
            if (apart < least) {
                least = apart;
                where = one.test();
            }
            lines.add(new Grid.Line(
                    List.of(one.test()),
                    each.stream().map(TogetherValues::printed).toList()));
        }
        return new Section.Figure(
                CHAPTER,
                StudyValue.readableComponent(component) + " beside the " + other(component)
                        + ": each of three guests (more is better)",
                KIND,
                "Furthest apart: " + where + ", the least has " + DisplayUnit.percent(least) + " of the most.",
                "",
                new Grid(List.of("test"), TogetherValues.guestColumns("MB/s"), lines),
                new Chart.Bars(false),
                false);
    }

    private static Optional<Fairness> fairness(List<StudyValue> each) {
        return Fairness.of(each.stream()
                .map(value -> new Series(new TreeMap<>(Map.of(1, value.number()))))
                .toList());
    }

    private Section.Figure fairness() {
        Map<List<String>, List<Value>> lines = new LinkedHashMap<>();
        String worst = "";
        double least = 1;
        for (StudyValue value : all.sums()) {
            List<String> names =
                    List.of(StudyValue.readableComponent(value.component()), StudyValue.readable(value.metric()));
            if (lines.containsKey(names)) {
                continue;
            }
            List<Value> cells = new ArrayList<>();
            for (int guests = 2; guests <= TogetherValues.MOST_GUESTS; guests++) {
                Optional<Double> index =
                        fairness(all.each(value.metric(), guests)).map(Fairness::index);
                if (index.isPresent() && index.get() < least) {
                    least = index.get();
                    worst = String.join(", ", names) + ", " + TogetherValues.counted(guests);
                }
                cells.add(
                        index.map(some -> Value.percent(some, Optional.empty())).orElse(Value.words("")));
            }
            lines.put(names, cells);
        }
        return new Section.Figure(
                CHAPTER,
                "Fairness",
                "fairness",
                "Least fair: " + worst + ", " + DisplayUnit.percent(least) + ".",
                "Jain's index in %: 100 where all guests get the same, 33 where one of three gets all.",
                new Grid(
                        List.of("component", "test"),
                        List.of(new Grid.Column("2 guests", "%"), new Grid.Column("3 guests", "%")),
                        lines.entrySet().stream()
                                .map(entry -> new Grid.Line(entry.getKey(), entry.getValue()))
                                .toList()),
                new Chart.Heat(),
                false);
    }
}
