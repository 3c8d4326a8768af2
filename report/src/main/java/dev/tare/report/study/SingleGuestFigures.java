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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/** What one guest keeps of bare metal of the same word size. */
final class SingleGuestFigures {
    private static final double PERCENT = 100;
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
        for (String system : List.of("linux", "windows")) {
            figures.add(heat(system));
        }
        for (String component : COMPONENTS) {
            for (String system : List.of("linux", "windows")) {
                figures.add(bars(component, system, false));
                loads(component, system).ifPresent(figures::add);
            }
        }
        return figures;
    }

    private List<StudyValue> those(String component, String system, boolean loads) {
        return values.stream()
                .filter(value ->
                        value.component().equals(component) && value.system().equals(system) && value.isLoad() == loads)
                .toList();
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

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
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
                capital(system) + ": every test in every guest",
                "efficiency",
                "",
                "In % of bare metal of the same word size; 95 to 105 % stays pale.",
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

    private Value cell(List<StudyValue> some, StudyValue like, String guest) {
        return some.stream()
                .filter(value -> value.metric().equals(like.metric())
                        && value.configuration().equals(guest))
                .findFirst()
                .flatMap(value -> reference(value).map(value::keeps))
                .map(ratio -> Value.percent(ratio, Optional.empty()))
                .orElse(Value.words(""));
    }

    private Optional<Section> loads(String component, String system) {
        return those(component, system, true).isEmpty() ? Optional.empty() : Optional.of(bars(component, system, true));
    }

    private Section.Figure bars(String component, String system, boolean loads) {
        List<StudyValue> some = those(component, system, loads);
        List<GuestKind> kinds = GuestKind.among(some);
        Map<List<String>, List<Value>> lines = new LinkedHashMap<>();
        for (String bits : List.of("32", "64")) {
            for (StudyValue value : some) {
                String metric = StudyValue.readable(value.metric());
                // Caches and memory differ so much that each has an axis of its own.
                String group = component.equals("mem")
                        ? bits + " bit, " + metric.substring(0, metric.indexOf(' '))
                        : bits + " bit";
                lines.computeIfAbsent(
                        List.of(group, metric),
                        any -> kinds.stream()
                                .map(kind -> bar(some, value.metric(), bits, kind))
                                .toList());
            }
        }
        List<String> findings = new ArrayList<>();
        kept(some).forEach((metric, ratios) -> findings.add(metric + " " + range(ratios)));
        String unit = some.get(0).unit();
        String heading = StudyValue.readableComponent(component) + ", " + capital(system) + (loads ? ": CPU load" : "");
        return new Section.Figure(
                "Components",
                heading + " (" + (some.get(0).lessIsBetter() ? "less" : "more") + " is better)",
                "score",
                findings.isEmpty() ? "" : "Guests keep: " + String.join(", ", findings) + ".",
                "Dashed: native. One value each, so no intervals.",
                new Grid(
                        List.of("axis", "test"),
                        kinds.stream()
                                .map(kind -> new Grid.Column(kind.readable(), unit, kind.tone()))
                                .toList(),
                        lines.entrySet().stream()
                                .map(entry -> new Grid.Line(entry.getKey(), entry.getValue()))
                                .toList()),
                new Chart.Bars(true),
                false);
    }

    private static Value bar(List<StudyValue> some, String metric, String bits, GuestKind kind) {
        return some.stream()
                .filter(value ->
                        value.metric().equals(metric) && value.bits().equals(bits) && GuestKind.of(value) == kind)
                .findFirst()
                .map(value -> Value.number(value.number(), value.text()))
                .orElse(Value.words(""));
    }
}
