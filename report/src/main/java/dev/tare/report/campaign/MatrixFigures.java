package dev.tare.report.campaign;

import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.rounds.Interference;
import dev.tare.report.rounds.Interference.Cell;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.campaign.ExpectedShare;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who disturbs whom: a victim beside each aggressor against the same victim beside an idle neighbour. */
final class MatrixFigures {
    private static final String CHAPTER = "Interference";
    /** How many cells a sentence names. */
    private static final int NAMED = 4;

    private final List<Disturbed> disturbed = new ArrayList<>();
    private final Set<MeasuredGroup> judged;
    private final Interference interference;
    private final String source;

    /** A pair with what the plan says of it. */
    private record Disturbed(Interference.Pair pair, Optional<ExpectedShare> expected) {}

    MatrixFigures(RoundResults results) {
        source = results.source();
        List<MeasuredGroup> all = results.groups();
        List<MeasuredGroup> cells = all.stream()
                .filter(group -> group.isDisturbed() && baseline(group, all).isPresent())
                .toList();
        judged = Set.copyOf(cells);
        boolean oneVictim = hosts(cells.stream().map(MeasuredGroup::members).toList()) < 2;
        boolean oneAggressor =
                hosts(cells.stream().map(MeasuredGroup::disturbers).toList()) < 2;
        Set<List<String>> taken = new HashSet<>();
        for (MeasuredGroup cell : cells) {
            String victim = name(cell.members(), oneVictim);
            String aggressor = name(cell.disturbers(), oneAggressor);
            if (!taken.add(List.of(victim, aggressor))) {
                aggressor = aggressor + " (" + cell.scenario().name() + ")";
            }
            Participant measured = cell.members().get(0);
            disturbed.add(new Disturbed(
                    new Interference.Pair(
                            victim,
                            aggressor,
                            results.rates().of(cell.scenario().name(), measured.host()),
                            results.rates().of(baseline(cell, all).orElseThrow().name(), measured.host()),
                            results.references().noise(cell.workload())),
                    measured.expected()));
        }
        interference = Interference.of(disturbed.stream().map(Disturbed::pair).toList());
    }

    /** The same beside idle hosts: at best those that disturb, else any. */
    private static Optional<Scenario> baseline(MeasuredGroup cell, List<MeasuredGroup> all) {
        Participant victim = cell.members().get(0);
        List<Scenario> idle = all.stream()
                .filter(MeasuredGroup::isBesideIdle)
                .filter(group -> group.workload().equals(cell.workload())
                        && group.hosts().equals(List.of(victim.host())))
                .map(MeasuredGroup::scenario)
                .toList();
        Set<String> disturbers =
                cell.disturbers().stream().map(Participant::host).collect(Collectors.toSet());
        return idle.stream()
                .filter(scenario -> scenario.participants().stream()
                        .filter(one -> one.role() == LoadRole.IDLE)
                        .map(Participant::host)
                        .collect(Collectors.toSet())
                        .containsAll(disturbers))
                .findFirst()
                .or(() -> idle.stream().findFirst());
    }

    /** How many different sets of hosts there are. */
    private static long hosts(List<List<Participant>> sides) {
        return sides.stream()
                .map(side -> side.stream().map(Participant::host).toList())
                .distinct()
                .count();
    }

    private static String name(List<Participant> side, boolean workloadIsEnough) {
        String work = side.stream().map(Participant::workload).distinct().collect(Collectors.joining(" and "));
        return workloadIsEnough
                ? work
                : work + " on " + side.stream().map(Participant::host).collect(Collectors.joining(" and "));
    }

    /** Whether there is a cell of which nobody knows how much is chance. */
    boolean lacksNoiseFloor() {
        return interference.cells().stream().anyMatch(cell -> cell.noise().isEmpty());
    }

    /** Whether a cell tells what a group keeps beside its neighbours, whether or not it was measured alone. */
    boolean judges(MeasuredGroup group) {
        return judged.contains(group);
    }

    /** What it shows, in a sentence or two; nothing without a matrix. */
    Optional<String> finding() {
        if (interference.cells().isEmpty()) {
            return Optional.empty();
        }
        List<Cell> shown = interference.cells().stream().filter(Cell::evidence).toList();
        return Optional.of(shown.size() + " of " + interference.cells().size() + " cells show a difference"
                + strongest(shown) + ". " + floors());
    }

    /** How far victims differ from themselves: the quietest and the least quiet. */
    private String floors() {
        List<Cell> known = interference.cells().stream()
                .filter(cell -> cell.noise().isPresent())
                .sorted(Comparator.comparingDouble(MatrixFigures::floor))
                .toList();
        if (known.isEmpty()) {
            return "Nothing was measured twice (A/A): no cell is evidence.";
        }
        Cell quietest = known.get(0);
        Cell loudest = known.get(known.size() - 1);
        String least = "±" + DisplayUnit.percent(floor(quietest));
        return floor(quietest) == floor(loudest)
                ? "The noise floor of two that are alike (A/A) is " + least + "."
                : "The noise floor of two that are alike (A/A) is " + least + " (" + quietest.victim() + ") to ±"
                        + DisplayUnit.percent(floor(loudest)) + " (" + loudest.victim() + ").";
    }

    private static double floor(Cell cell) {
        return cell.noise().map(band -> band.high() - 1).orElse(Double.NaN);
    }

    List<Figure> figures() {
        if (interference.cells().isEmpty()) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>(List.of(matrix(), cells()));
        // Where everybody may have all, it would be the same matrix once more.
        if (disturbed.stream().flatMap(one -> one.expected().stream()).anyMatch(share -> share.factor() < 1)) {
            figures.add(againstExpectation());
        }
        return figures;
    }

    private Figure matrix() {
        return new Figure(
                CHAPTER,
                "Who disturbs whom",
                "interference",
                finding().orElseThrow(),
                "Rows: whose performance it is; columns: what runs beside it. 100 % = beside an idle neighbour. In brackets:"
                        + " no difference is shown.",
                grid(interference),
                new Chart.Heat(),
                false,
                source);
    }

    /** The strongest by name. */
    private static String strongest(List<Cell> shown) {
        if (shown.isEmpty()) {
            return "";
        }
        String named = shown.stream()
                .sorted(Comparator.comparingDouble(cell -> -Math.abs(Math.log(cell.ratio()))))
                .limit(NAMED)
                .map(cell ->
                        cell.victim() + " beside " + cell.aggressor() + " keeps " + DisplayUnit.percent(cell.ratio()))
                .collect(Collectors.joining(", "));
        return (shown.size() > NAMED ? ", above all: " : ": ") + named;
    }

    private static Value value(Cell cell) {
        Value value = Value.percent(cell.ratio(), cell.interval());
        return cell.evidence() ? value : bracketed(value);
    }

    private static Value bracketed(Value value) {
        return new Value(
                value.number(), value.interval(), "(" + value.text() + ")", value.intervalText(), List.of(), false);
    }

    /** Victims down, aggressors across. */
    private static Grid grid(Interference matrix) {
        Map<String, Map<String, Value>> byVictim = new LinkedHashMap<>();
        Set<String> aggressors = new LinkedHashSet<>();
        for (Cell cell : matrix.cells()) {
            byVictim.computeIfAbsent(cell.victim(), any -> new LinkedHashMap<>())
                    .put(cell.aggressor(), value(cell));
            aggressors.add(cell.aggressor());
        }
        List<Grid.Line> lines = new ArrayList<>();
        byVictim.forEach((victim, row) -> lines.add(new Grid.Line(
                List.of(victim),
                aggressors.stream()
                        .map(aggressor -> row.getOrDefault(aggressor, Value.words("")))
                        .toList())));
        return new Grid(
                List.of("victim"),
                aggressors.stream().map(name -> new Grid.Column(name, "%")).toList(),
                lines);
    }

    /** Why a cell is evidence or none. */
    private Figure cells() {
        List<Grid.Line> lines = new ArrayList<>();
        for (Cell cell : interference.cells()) {
            lines.add(new Grid.Line(
                    List.of(cell.victim() + " beside " + cell.aggressor()),
                    List.of(
                            Double.isNaN(cell.p())
                                    ? Value.words("")
                                    : Value.number(cell.p(), DisplayUnit.significant(cell.p())),
                            cell.noise().isPresent() ? Value.percent(floor(cell), Optional.empty()) : Value.words(""),
                            Value.words(reason(cell)))));
        }
        return new Figure(
                CHAPTER,
                "Which cells are evidence",
                "interference-test",
                "",
                "p: of the paired t test that nothing is lost, adjusted after Holm for all cells. Evidence needs p below "
                        + Interference.SIGNIFICANCE
                        + " and an effect above the noise floor: what means of as many rounds of the victim may differ by (A/A).",
                new Grid(
                        List.of("cell"),
                        List.of(
                                new Grid.Column("p", ""),
                                new Grid.Column("noise floor", "%"),
                                new Grid.Column("in words", "")),
                        lines),
                new Chart.None(),
                false,
                source);
    }

    private String reason(Cell cell) {
        if (cell.evidence()) {
            return cell.ratio() < 1 ? "loss shown" : "more than beside an idle neighbour";
        }
        if (Double.isNaN(cell.p())) {
            return "no evidence: one round";
        }
        if (cell.noise().isEmpty()) {
            return "no evidence: the noise floor is unknown";
        }
        return cell.p() < Interference.SIGNIFICANCE
                ? "no evidence: within the noise floor"
                : "no evidence: p is not below " + Interference.SIGNIFICANCE;
    }

    /** The same against what a fair share leaves: 33 % of three that want the same is no loss by a neighbour's fault. */
    private Figure againstExpectation() {
        List<Interference.Pair> pairs = new ArrayList<>();
        for (Disturbed one : disturbed) {
            one.expected().ifPresent(share -> pairs.add(one.pair().against(share.factor())));
        }
        return new Figure(
                CHAPTER,
                "The matrix against the expected share",
                "interference-of-share",
                "",
                "100 % = the part that cores, or what was declared, leave to the victim. In brackets: no difference is shown.",
                grid(Interference.of(pairs)),
                new Chart.Heat(),
                false,
                source);
    }
}
