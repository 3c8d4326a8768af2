package dev.tare.report.study;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What two and three guests get at once on two cores, one disk and one wire, alone and beside other loads. */
final class ManyGuestsFigures {
    private static final String CHAPTER = "Together";
    private static final String KIND = "32-pv-amdv";
    private static final String SUM = "sum";
    private static final List<String> GUESTS = List.of("vm1", "vm2", "vm3");
    private static final double CORES = 2;
    private static final List<String> BESIDE = List.of("-under-cpu-load", "-with-net", "-with-disk");

    private final List<StudyValue> all;

    ManyGuestsFigures(List<StudyValue> all) {
        this.all = all.stream()
                .filter(value ->
                        value.system().equals("linux") && value.configuration().equals(KIND))
                .toList();
    }

    List<Section> figures() {
        List<Section> figures = new ArrayList<>(List.of(linpack()));
        for (String component : List.of("mem", "net", "io")) {
            figures.add(each(component));
        }
        figures.add(fairness());
        figures.add(beside());
        figures.add(besideEach());
        figures.add(betweenGuests());
        return figures;
    }

    private Optional<StudyValue> find(String metric, int guests, String guest) {
        return all.stream()
                .filter(value -> value.metric().equals(metric)
                        && value.guests() == guests
                        && value.guest().equals(guest))
                .findFirst();
    }

    private static Value printed(Optional<StudyValue> value) {
        return value.map(some -> Value.number(some.number(), some.text())).orElse(Value.words(""));
    }

    private static String counted(int guests) {
        return guests == 1 ? "1 guest" : guests + " guests";
    }

    /** Three vCPUs on two cores need half as long again as two, which had a core each. */
    private Section.Figure linpack() {
        String metric = "linpack-4000-time";
        double alone = find(metric, 1, "mean").orElseThrow().number();
        double two = find(metric, 2, "mean").orElseThrow().number();
        double three = find(metric, 3, "mean").orElseThrow().number();
        List<Double> expected = List.of(alone, alone, two * 3 / CORES);
        List<Grid.Line> lines = new ArrayList<>();
        for (int guests = 1; guests <= 3; guests++) {
            StudyValue measured = find(metric, guests, "mean").orElseThrow();
            double expectation = expected.get(guests - 1);
            lines.add(new Grid.Line(
                    List.of(counted(guests)),
                    List.of(
                            Value.number(expectation, DisplayUnit.significant(expectation)),
                            Value.number(measured.number(), measured.text()),
                            Value.percent(measured.number() / expectation, Optional.empty()))));
        }
        return new Section.Figure(
                CHAPTER,
                "LINPACK 4000: time of each guest (less is better)",
                "together",
                "Two guests take " + DisplayUnit.percent(two / alone) + " of the time of one, three "
                        + DisplayUnit.percent(three / two) + " of the time of two.",
                "Expected of two: as long as one alone, for each has a core. Of three: the time of two, times three vCPUs on"
                        + " two cores.",
                new Grid(
                        List.of("at once"),
                        List.of(
                                new Grid.Column("expected", "s", Tone.NATIVE),
                                new Grid.Column("measured, mean over guests", "s", Tone.THIRD),
                                new Grid.Column("measured / expected", "%")),
                        lines),
                new Chart.Bars(true),
                false);
    }

    private List<String> metrics(String component) {
        return all.stream()
                .filter(value -> value.component().equals(component)
                        && value.guests() == 2
                        && value.guest().equals(SUM))
                .map(StudyValue::metric)
                .distinct()
                .toList();
    }

    private Section.Figure each(String component) {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (String metric : metrics(component)) {
            double alone = find(metric, 1, "all").orElseThrow().number();
            for (int guests = 1; guests <= 3; guests++) {
                List<Value> values = new ArrayList<>();
                values.add(printed(guests == 1 ? find(metric, 1, "all") : find(metric, guests, SUM)));
                for (String guest : GUESTS) {
                    values.add(printed(find(metric, guests, guest)));
                }
                lines.add(new Grid.Line(List.of(StudyValue.readable(metric), counted(guests)), values));
            }
            findings.add(StudyValue.readable(metric) + " "
                    + DisplayUnit.percent(find(metric, 3, SUM).orElseThrow().number() / alone));
        }
        return new Section.Figure(
                CHAPTER,
                StudyValue.readableComponent(component) + ": sum and each guest (more is better)",
                "together",
                "The sum of three guests, of one alone: " + String.join(", ", findings) + ".",
                "",
                new Grid(
                        List.of("test", "at once"),
                        List.of(
                                new Grid.Column("sum", "MB/s", Tone.NATIVE),
                                new Grid.Column("guest 1", "MB/s", Tone.FIRST),
                                new Grid.Column("guest 2", "MB/s", Tone.SECOND),
                                new Grid.Column("guest 3", "MB/s", Tone.THIRD)),
                        lines),
                new Chart.Bars(false),
                false);
    }

    /** Jain's index: 1 where all get the same, one n-th where one gets all. */
    private static double jain(List<Double> shares) {
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        double squares = shares.stream().mapToDouble(share -> share * share).sum();
        return sum * sum / (shares.size() * squares);
    }

    private Section.Figure fairness() {
        Map<List<String>, List<Value>> lines = new LinkedHashMap<>();
        String worst = "";
        double least = 1;
        for (StudyValue value : all) {
            if (value.guest().equals(SUM)) {
                String name = StudyValue.readable(value.metric());
                for (int guests = 2; guests <= 3; guests++) {
                    double index = fairness(value.metric(), guests);
                    if (index < least) {
                        least = index;
                        worst = name + " with " + counted(guests);
                    }
                }
                lines.computeIfAbsent(
                        List.of(StudyValue.readableComponent(value.component()), name),
                        any -> List.of(index(value.metric(), 2), index(value.metric(), 3)));
            }
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

    private double fairness(String metric, int guests) {
        List<Double> shares = GUESTS.stream()
                .flatMap(guest -> find(metric, guests, guest).stream())
                .map(StudyValue::number)
                .toList();
        return shares.size() < 2 ? Double.NaN : jain(shares);
    }

    private Value index(String metric, int guests) {
        double index = fairness(metric, guests);
        return Double.isNaN(index) ? Value.words("") : Value.percent(index, Optional.empty());
    }

    /** A load of another kind in the other guests. */
    private Section.Figure beside() {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (StudyValue value : all) {
            String metric = alone(value.metric());
            boolean one = value.guest().equals(SUM) || value.metric().endsWith(BESIDE.get(0));
            if (one && !metric.equals(value.metric())) {
                StudyValue reference = find(metric, 1, "all").orElseThrow();
                String what = StudyValue.readable(value.metric())
                        .substring(StudyValue.readable(metric).length() + 1);
                double kept = value.keeps(reference);
                String name = StudyValue.readableComponent(value.component()) + ", " + StudyValue.readable(metric);
                findings.add(name + " " + what + " " + DisplayUnit.percent(kept));
                lines.add(new Grid.Line(
                        List.of(what, name),
                        List.of(
                                Value.number(reference.number(), reference.text()),
                                Value.number(value.number(), value.text()),
                                Value.percent(kept, Optional.empty()))));
            }
        }
        return new Section.Figure(
                CHAPTER,
                "Beside another load, against one guest alone (more is better)",
                "interference",
                "Of one guest alone: " + String.join(", ", findings) + ".",
                "Under CPU load: one guest measures, two compute. With net or disk: the sum of three guests that use both.",
                new Grid(
                        List.of("load", "test"),
                        List.of(
                                new Grid.Column("alone", "MB/s", Tone.NATIVE),
                                new Grid.Column("beside the load", "MB/s", Tone.THIRD),
                                new Grid.Column("kept", "%")),
                        lines),
                new Chart.Bars(true),
                false);
    }

    /** Disk and network at once: what each of three guests gets. */
    private Section.Figure besideEach() {
        Map<List<String>, List<Value>> lines = new LinkedHashMap<>();
        for (StudyValue value : all) {
            if (value.guest().equals(SUM) && !alone(value.metric()).equals(value.metric())) {
                lines.put(
                        List.of(StudyValue.readableComponent(value.component()), StudyValue.readable(value.metric())),
                        GUESTS.stream()
                                .map(guest -> printed(find(value.metric(), value.guests(), guest)))
                                .toList());
            }
        }
        return new Section.Figure(
                CHAPTER,
                "Disk and network at once: each of three guests (more is better)",
                "together",
                "",
                "",
                new Grid(
                        List.of("component", "test"),
                        List.of(
                                new Grid.Column("guest 1", "MB/s", Tone.FIRST),
                                new Grid.Column("guest 2", "MB/s", Tone.SECOND),
                                new Grid.Column("guest 3", "MB/s", Tone.THIRD)),
                        lines.entrySet().stream()
                                .map(entry -> new Grid.Line(entry.getKey(), entry.getValue()))
                                .toList()),
                new Chart.Bars(false),
                false);
    }

    /** The metric without its load beside. */
    private static String alone(String metric) {
        return BESIDE.stream()
                .filter(metric::endsWith)
                .findFirst()
                .map(load -> metric.substring(0, metric.length() - load.length()))
                .orElse(metric);
    }

    private Section.Figure betweenGuests() {
        List<Grid.Line> lines = new ArrayList<>();
        for (String metric : List.of("net-write", "net-read")) {
            StudyValue wire = find(metric, 1, "all").orElseThrow();
            StudyValue inside = find(metric + "-vm-to-vm", 2, "vm1").orElseThrow();
            lines.add(new Grid.Line(
                    List.of(StudyValue.readable(metric)),
                    List.of(
                            Value.number(wire.number(), wire.text()),
                            Value.number(inside.number(), inside.text()),
                            Value.number(
                                    inside.number() / wire.number(),
                                    DisplayUnit.significant(inside.number() / wire.number())))));
        }
        return new Section.Figure(
                CHAPTER,
                "Network between two guests of one host (more is better)",
                "together",
                "",
                "Not over the wire, but through the host's memory.",
                new Grid(
                        List.of("test"),
                        List.of(
                                new Grid.Column("over the wire", "MB/s", Tone.NATIVE),
                                new Grid.Column("between guests", "MB/s", Tone.THIRD),
                                new Grid.Column("times as fast", "")),
                        lines),
                new Chart.Bars(true),
                false);
    }
}
