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
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/** What one guest keeps of bare metal of the same word size. */
final class SingleGuestFigures {
    private static final double PERCENT = 100;
    /** What a heat map does not colour. */
    private static final int PALE_FROM = 95;

    private static final int PALE_TO = 105;
    private static final List<String> SYSTEMS = List.of("linux", "windows");
    private static final List<String> COMPONENTS = List.of("cpu", "mem", "net", "io");

    private final List<StudyValue> values;

    SingleGuestFigures(List<StudyValue> all) {
        // Of the order 4000 only one kind of guest was measured: it belongs to those of several guests.
        values = all.stream()
                .filter(value -> value.guests() == 1 && value.guest().equals("all"))
                .toList();
    }

    List<Section> figures() {
        List<Section> figures = new ArrayList<>(List.of(verdict()));
        for (String system : SYSTEMS) {
            figures.add(heat(system));
        }
        for (String component : COMPONENTS) {
            for (String system : SYSTEMS) {
                for (boolean loads : List.of(false, true)) {
                    bySubject(component, system, loads).values().forEach(some -> figures.add(bars(some)));
                }
            }
        }
        return figures;
    }

    private Map<String, List<StudyValue>> bySubject(String component, String system, boolean loads) {
        return values.stream()
                .filter(value ->
                        value.component().equals(component) && value.system().equals(system) && value.isLoad() == loads)
                .collect(Collectors.groupingBy(StudyValue::subject, LinkedHashMap::new, Collectors.toList()));
    }

    private Optional<StudyValue> reference(StudyValue value) {
        return values.stream()
                .filter(other -> other.system().equals(value.system())
                        && other.metric().equals(value.metric())
                        && other.bits().equals(value.bits())
                        && other.kind().equals(StudyValue.NATIVE))
                .findFirst();
    }

    /** What guests keep, by the metric in words. */
    private Map<String, List<Double>> kept(List<StudyValue> some) {
        Map<String, List<Double>> kept = new LinkedHashMap<>();
        for (StudyValue value : some) {
            if (!value.kind().equals(StudyValue.NATIVE) && !value.isLoad()) {
                reference(value)
                        .ifPresent(reference -> kept.computeIfAbsent(
                                        StudyValue.readable(value.metric()), any -> new ArrayList<>())
                                .add(value.keeps(reference)));
            }
        }
        return kept;
    }

    private static String range(List<Double> ratios) {
        double low = ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double high = ratios.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return DisplayUnit.percent(low).replace(" %", "") + " to " + DisplayUnit.percent(high);
    }

    private Section.Figure verdict() {
        List<Grid.Line> lines = new ArrayList<>();
        List<String> least = new ArrayList<>();
        for (String component : COMPONENTS) {
            Map<String, List<StudyValue>> families = new LinkedHashMap<>();
            values.stream()
                    .filter(value ->
                            value.component().equals(component) && !value.kind().equals(StudyValue.NATIVE))
                    .forEach(value -> families.computeIfAbsent(
                                    GuestKind.of(value).family(), any -> new ArrayList<>())
                            .add(value));
            List<Double> ofComponent = new ArrayList<>();
            families.forEach((family, some) -> {
                Map<String, List<Double>> kept = kept(some);
                List<Double> ratios =
                        kept.values().stream().flatMap(List::stream).toList();
                ofComponent.addAll(ratios);
                lines.add(line(component, family, kept, ratios));
            });
            least.add(StudyValue.readableComponent(component) + " " + range(ofComponent));
        }
        return new Section.Figure(
                "Verdict",
                "What a single guest keeps",
                "verdict",
                "Of native performance a guest keeps: " + String.join(", ", least) + ".",
                "The geometric mean over tests, operating systems and word sizes is a hint where to look, not a result; below"
                        + " it the lowest and the highest test. 100 % = bare metal of the same word size, more is better,"
                        + " times inverted.",
                new Grid(
                        List.of("component", "guest"),
                        List.of(new Grid.Column("keeps", "%", Tone.FIRST), new Grid.Column("by test", "")),
                        lines),
                new Chart.Verdict(),
                false);
    }

    private static Grid.Line line(
            String component, String family, Map<String, List<Double>> kept, List<Double> ratios) {
        List<String> words = new ArrayList<>();
        kept.forEach((metric, some) -> words.add(metric + " " + range(some)));
        double mean = StatUtils.geometricMean(
                ratios.stream().mapToDouble(Double::doubleValue).toArray());
        return new Grid.Line(
                List.of(StudyValue.readableComponent(component), family),
                List.of(
                        Value.percent(mean, Optional.empty())
                                .of(ratios.stream()
                                        .map(ratio -> ratio * PERCENT)
                                        .toList()),
                        Value.words(String.join("; ", words))));
    }

    /** Every test against every guest. */
    private Section.Figure heat(String system) {
        List<StudyValue> some = values.stream()
                .filter(value -> value.system().equals(system) && !value.isLoad())
                .toList();
        List<String> guests = some.stream()
                .filter(value -> !value.kind().equals(StudyValue.NATIVE))
                .map(StudyValue::configuration)
                .distinct()
                .sorted()
                .toList();
        Map<List<String>, List<Value>> lines = new LinkedHashMap<>();
        for (StudyValue value : some) {
            lines.computeIfAbsent(
                    List.of(StudyValue.readableComponent(value.component()), StudyValue.readable(value.metric())),
                    any -> guests.stream()
                            .map(guest -> cell(some, value, guest))
                            .toList());
        }
        return new Section.Figure(
                "All configurations",
                StudyValue.readableSystem(system) + ": every test in every guest",
                "efficiency",
                spread(lines.values().stream().flatMap(List::stream).toList()),
                "In % of bare metal of the same word size; " + PALE_FROM + " to " + PALE_TO + " % stays pale.",
                new Grid(
                        List.of("component", "test"),
                        guests.stream()
                                .map(guest -> new Grid.Column(guest, "%"))
                                .toList(),
                        lines.entrySet().stream()
                                .map(entry -> new Grid.Line(entry.getKey(), entry.getValue()))
                                .toList()),
                new Chart.Heat(),
                false);
    }

    private static String spread(List<Value> cells) {
        List<Double> percents =
                cells.stream().filter(Value::isNumber).map(Value::number).toList();
        long below = percents.stream().filter(percent -> percent < PALE_FROM).count();
        long above = percents.stream().filter(percent -> percent > PALE_TO).count();
        return "Of " + percents.size() + " values " + below + " are below " + PALE_FROM + " %, " + above + " above "
                + PALE_TO + " %.";
    }

    private Value cell(List<StudyValue> some, StudyValue like, String guest) {
        return some.stream()
                .filter(value -> value.metric().equals(like.metric())
                        && value.configuration().equals(guest))
                .findFirst()
                .flatMap(value -> reference(value).map(value::keeps))
                .map(ratio -> Value.percent(ratio, Optional.empty()))
                .orElse(Value.words(""));
    }

    /** One subject on one system, loads or rates, in all guests. */
    private Section.Figure bars(List<StudyValue> some) {
        StudyValue first = some.get(0);
        List<GuestKind> kinds = GuestKind.among(some);
        Map<List<String>, List<Value>> lines = new LinkedHashMap<>();
        for (String bits : List.of("32", "64")) {
            for (StudyValue value : some) {
                lines.computeIfAbsent(
                        List.of(bits + " bit", value.test()),
                        any -> kinds.stream()
                                .map(kind -> bar(some, value.metric(), bits, kind))
                                .toList());
            }
        }
        String heading = first.readableSubject() + ", " + StudyValue.readableSystem(first.system())
                + (first.isLoad() ? ": CPU load" : "");
        return new Section.Figure(
                "Components",
                heading + " (" + (first.lessIsBetter() ? "less" : "more") + " is better)",
                "score",
                first.isLoad() ? loads(some) : keeps(some),
                "Dashed: native of the same word size.",
                new Grid(
                        List.of("word size", "test"),
                        kinds.stream()
                                .map(kind -> new Grid.Column(kind.readable(), first.unit(), kind.tone()))
                                .toList(),
                        lines.entrySet().stream()
                                .map(entry -> new Grid.Line(entry.getKey(), entry.getValue()))
                                .toList()),
                new Chart.Bars(true),
                false);
    }

    private String keeps(List<StudyValue> some) {
        List<String> findings = new ArrayList<>();
        kept(some).forEach((metric, ratios) -> findings.add(metric + " " + range(ratios)));
        return "Guests keep: " + String.join(", ", findings) + ".";
    }

    private static String loads(List<StudyValue> some) {
        return GuestKind.among(some).stream()
                .map(kind -> kind.readable() + " "
                        + range(some.stream()
                                .filter(value -> GuestKind.of(value) == kind)
                                .map(value -> value.number() / PERCENT)
                                .toList()))
                .collect(Collectors.joining("; ", "The processor's load: ", "."));
    }

    private static Value bar(List<StudyValue> some, String metric, String bits, GuestKind kind) {
        return some.stream()
                .filter(value ->
                        value.metric().equals(metric) && value.bits().equals(bits) && GuestKind.of(value) == kind)
                .findFirst()
                .map(value -> Value.number(value.number(), value.isLoad() ? value.text() + " %" : value.text()))
                .orElse(Value.words(""));
    }
}
