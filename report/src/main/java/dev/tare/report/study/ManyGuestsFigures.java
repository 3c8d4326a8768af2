package dev.tare.report.study;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What two and three guests of the same work get at once on two cores, one disk and one wire. */
final class ManyGuestsFigures {
    private static final String CHAPTER = "Together";
    private static final String KIND = "together";
    private static final double CORES = 2;

    private final TogetherValues all;

    ManyGuestsFigures(TogetherValues all) {
        this.all = all;
    }

    List<Section> figures() {
        List<Section> figures = new ArrayList<>(List.of(linpack()));
        for (String component : List.of("mem", "net", "io")) {
            for (String subject : all.subjects(component)) {
                figures.add(each(subject));
            }
        }
        figures.add(betweenGuests());
        return figures;
    }

    /** Three vCPUs on two cores need half as long again as two, which had a core each. */
    private Section.Figure linpack() {
        String metric = "linpack-4000-time";
        double alone = all.of(metric, 1, TogetherValues.MEAN).number();
        double two = all.of(metric, 2, TogetherValues.MEAN).number();
        double three = all.of(metric, 3, TogetherValues.MEAN).number();
        List<Double> expected = List.of(alone, alone, two * 3 / CORES);
        List<Grid.Line> lines = new ArrayList<>();
        for (int guests = 1; guests <= TogetherValues.MOST_GUESTS; guests++) {
            StudyValue measured = all.of(metric, guests, TogetherValues.MEAN);
            double expectation = expected.get(guests - 1);
            lines.add(new Grid.Line(
                    List.of(TogetherValues.counted(guests)),
                    List.of(
                            Value.number(expectation, DisplayUnit.significant(expectation)),
                            TogetherValues.printed(measured),
                            Value.percent(measured.number() / expectation, Optional.empty()))));
        }
        return new Section.Figure(
                CHAPTER,
                "CPU, LINPACK 4000: time of each guest (less is better)",
                KIND,
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

    private Section.Figure each(String subject) {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        List<StudyValue> alone = all.alone(subject);
        List<Grid.Column> columns = new ArrayList<>();
        columns.add(new Grid.Column("sum", alone.get(0).unit(), Tone.NATIVE));
        columns.addAll(TogetherValues.guestColumns(alone.get(0).unit()));
        for (StudyValue one : alone) {
            for (int guests = 1; guests <= TogetherValues.MOST_GUESTS; guests++) {
                List<Value> values = new ArrayList<>();
                values.add(
                        guests == 1
                                ? TogetherValues.printed(one)
                                : all.printed(one.metric(), guests, TogetherValues.SUM));
                for (String guest : TogetherValues.GUESTS) {
                    values.add(all.printed(one.metric(), guests, guest));
                }
                lines.add(new Grid.Line(List.of(one.test(), TogetherValues.counted(guests)), values));
            }
            double sum = all.of(one.metric(), TogetherValues.MOST_GUESTS, TogetherValues.SUM)
                    .number();
            findings.add(one.test() + " " + DisplayUnit.percent(sum / one.number()));
        }
        return new Section.Figure(
                CHAPTER,
                alone.get(0).readableSubject() + ": sum and each guest (more is better)",
                KIND,
                "The sum of three guests, of one alone: " + String.join(", ", findings) + ".",
                "",
                new Grid(List.of("test", "at once"), columns, lines),
                new Chart.Bars(false),
                false);
    }

    private Section.Figure betweenGuests() {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (StudyValue wire : all.alone("net")) {
            StudyValue inside = all.of(wire.metric() + "-vm-to-vm", 2, "vm1");
            String times = DisplayUnit.significant(inside.number() / wire.number());
            findings.add(wire.test() + " " + times + " times");
            lines.add(new Grid.Line(
                    List.of(wire.test()),
                    List.of(
                            TogetherValues.printed(wire),
                            TogetherValues.printed(inside),
                            Value.number(inside.number() / wire.number(), times))));
        }
        return new Section.Figure(
                CHAPTER,
                "Network between two guests of one host (more is better)",
                KIND,
                "As fast as over the wire: " + String.join(", ", findings) + ".",
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
