package dev.tare.report.comparison;

import dev.tare.report.document.Row;
import dev.tare.report.document.RunNames;
import dev.tare.runs.Environment;
import dev.tare.runs.ForkRecord;
import dev.tare.runs.Measurement;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What should be equal between runs and is not, and what each of them says against itself, in sentences. */
final class Warnings {
    private static final List<String> SECTIONS_TO_AGREE = List.of("jdk", "tare");
    private static final List<String> FACTS_TO_AGREE = List.of("cpu.model", "os.architecture");
    /** Where a JDK lies says nothing of what it is. */
    private static final List<String> PATHS = List.of("jdk.home", "jdk.launcher");

    private static final String JVM_FLAGS = "jdk.flags";
    /** What the reader of runs calls JMH's {@code jvmArgs}. */
    private static final String FLAGS_SETTING = "JVM flags";

    /** Of more runs with one value it is only said how many they are. */
    private static final int MOST_NAMED = 3;

    private static final String NOT_RECORDED = "not recorded";

    private static final String HYPERVISOR = "virtualization.hypervisor";
    private static final String NO_HYPERVISOR = "none";
    private static final String CLOCK_FACT = "clock";
    /** What a fact's value says when a guest measured with its own clock: true of one side is worth a note. */
    private static final String UNVERIFIED = "not verified";

    private Warnings() {}

    /** What stands against one configuration. */
    static List<Row.Remark> ofRow(List<Side> sides) {
        RunNames sentences = new RunNames();
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        Map<Run, List<Measurement>> measured = new LinkedHashMap<>();
        Set<String> measuredAnew = measuredAnew(sides);
        for (Side side : sides) {
            Measurement measurement = side.measurement();
            settings.put(side.name(), measurement.settings().values());
            if (!measurement.facts().isEmpty()) {
                Map<String, String> conditions = joined(measurement.facts());
                conditions.keySet().removeAll(measuredAnew);
                facts.put(side.name(), conditions);
            }
            measurement.remarks().forEach(remark -> sentences.add(remark, side.name()));
            withinRun(side, measuredAnew).forEach(note -> sentences.add(note, side.name()));
            measured.put(side.run(), List.of(measurement));
        }
        List<Row.Remark> remarks = remarks(sentences, sides);
        List<String> ofAll = new ArrayList<>(contaminated("a configuration", measured));
        ofAll.addAll(differences(withoutCommonFlags(settings), NOT_RECORDED));
        ofAll.addAll(differences(facts, NOT_RECORDED));
        unequalForks(sides).ifPresent(ofAll::add);
        ofAll.forEach(sentence -> remarks.add(remark(sentence, sides)));
        return remarks;
    }

    /** Sentences about some of the sides, with the names of those behind each. */
    static List<Row.Remark> remarks(RunNames sentences, List<Side> sides) {
        List<Row.Remark> remarks = new ArrayList<>();
        sentences
                .behind()
                .forEach((sentence, runs) -> remarks.add(remark(
                        sentence,
                        sides.stream()
                                .filter(side -> runs.contains(side.name()))
                                .toList())));
        return remarks;
    }

    /** A sentence about all of these sides. */
    static Row.Remark remark(String sentence, List<Side> sides) {
        return new Row.Remark(sentence, sides.stream().map(Side::index).collect(Collectors.toSet()));
    }

    /** Flags are many, and mostly the same: those that all sides have are left out. */
    private static Map<String, Map<String, String>> withoutCommonFlags(Map<String, Map<String, String>> settings) {
        List<List<String>> flags = new ArrayList<>();
        settings.values()
                .forEach(ofOne ->
                        flags.add(List.of(ofOne.getOrDefault(FLAGS_SETTING, "").split(" ", -1))));
        Set<String> common = new LinkedHashSet<>(flags.get(0));
        flags.forEach(common::retainAll);
        Map<String, Map<String, String>> others = new LinkedHashMap<>();
        settings.forEach((name, ofOne) -> {
            Map<String, String> copy = new LinkedHashMap<>(ofOne);
            String rest = flags.get(others.size()).stream()
                    .filter(flag -> !common.contains(flag))
                    .collect(Collectors.joining(" "));
            copy.replace(FLAGS_SETTING, rest);
            others.put(name, copy);
        });
        boolean reordered = others.values().stream()
                .allMatch(ofOne -> ofOne.getOrDefault(FLAGS_SETTING, "").isEmpty());
        return reordered ? settings : others;
    }

    /** Facts that are measured anew in each fork, such as shares of threads: they differ between forks in numbers only. */
    private static Set<String> measuredAnew(List<Side> sides) {
        Set<String> keys = new TreeSet<>();
        for (Side side : sides) {
            side.measurement().facts().forEach((key, values) -> {
                if (FactSummary.differInNumbersOnly(values)) {
                    keys.add(key);
                }
            });
        }
        return keys;
    }

    private static List<String> withinRun(Side side, Set<String> measuredAnew) {
        List<String> notes = new ArrayList<>();
        side.measurement().facts().forEach((key, values) -> {
            if (values.size() > 1 && !measuredAnew.contains(key)) {
                notes.add(key + ": forks disagree, " + String.join(" and ", values));
            }
            values.stream().filter(value -> value.contains(UNVERIFIED)).forEach(value -> notes.add(key + ": " + value));
        });
        return notes;
    }

    /** Welch's interval loses coverage when few forks stand against many: 90 instead of 95 % for 2 against 10. */
    private static Optional<String> unequalForks(List<Side> sides) {
        IntSummaryStatistics forks =
                sides.stream().mapToInt(side -> side.measurement().forks()).summaryStatistics();
        return forks.getMin() > 1 && forks.getMax() > 2 * forks.getMin()
                ? Optional.of("interval too narrow: " + forks.getMin() + " forks against " + forks.getMax()
                        + ", make as many on both sides")
                : Optional.empty();
    }

    private static Map<String, String> joined(Map<String, SortedSet<String>> facts) {
        Map<String, String> joined = new TreeMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(" or ", values)));
        return joined;
    }

    /**
     * How many of how many recorded iterations are clean, of runs of which not all are; one sentence for equal limits. What is true of
     * every configuration stands in the document beside what is true of all together, so that each says which it is.
     */
    private static List<String> contaminated(String of, Map<Run, List<Measurement>> measured) {
        Map<String, RunNames> runsByLimits = new LinkedHashMap<>();
        measured.forEach((run, measurements) -> {
            List<ForkRecord> forks = measurements.stream()
                    .flatMap(measurement -> measurement.forkRecords().stream())
                    .toList();
            int recorded =
                    forks.stream().mapToInt(fork -> fork.iterations().size()).sum();
            int contaminated = forks.stream().mapToInt(ForkRecord::contaminated).sum();
            String limits = run.header()
                    .map(header -> "; in the others steal or throttling exceeds " + number(header.maxStealPercent())
                            + " %, or foreign CPU time " + number(header.maxForeignPercent()) + " %")
                    .orElse("");
            if (contaminated > 0) {
                runsByLimits
                        .computeIfAbsent(limits, any -> new RunNames())
                        .add((recorded - contaminated) + " of " + recorded, run.name());
            }
        });
        List<String> sentences = new ArrayList<>();
        runsByLimits.forEach((limits, runs) ->
                sentences.add("clean iterations of " + of + ": " + String.join(", ", runs.in()) + limits));
        return sentences;
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
    }

    /** What makes the whole comparison questionable. */
    static List<String> ofRuns(List<Run> runs) {
        List<String> sentences = new ArrayList<>(unequalSystems(runs));
        sentences.addAll(unverifiedClocks(runs));
        RunNames own = new RunNames();
        Map<Run, List<Measurement>> measured = new LinkedHashMap<>();
        for (Run run : runs) {
            run.warnings().forEach(sentence -> own.add(sentence, run.name()));
            measured.put(run, run.measurements());
        }
        sentences.addAll(own.inFront());
        sentences.addAll(contaminated("all configurations", measured));
        return sentences;
    }

    /** JDK, flags, architecture, processor, version of the benchmarks. */
    private static List<String> unequalSystems(List<Run> runs) {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        for (Run run : runs) {
            Map<String, String> relevant = new TreeMap<>();
            SECTIONS_TO_AGREE.forEach(
                    section -> relevant.putAll(run.environment().section(section)));
            relevant.keySet().removeAll(PATHS);
            FACTS_TO_AGREE.forEach(key -> run.environment().fact(key).ifPresent(value -> relevant.put(key, value)));
            run.header().ifPresent(header -> relevant.putIfAbsent(JVM_FLAGS, String.join(" ", header.jvmFlags())));
            if (!relevant.isEmpty()) {
                facts.put(run.name(), relevant);
            }
        }
        List<String> sentences = new ArrayList<>(differences(facts, NOT_RECORDED));
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        facts.forEach((name, relevant) -> relevant.forEach((key, value) -> {
            if (value.equals(Environment.UNKNOWN)) {
                unknown.computeIfAbsent(key, any -> new ArrayList<>()).add(name);
            }
        }));
        unknown.forEach((key, names) ->
                sentences.add(key + " is unknown in " + RunNames.joined(names) + ": agreement cannot be checked"));
        return sentences;
    }

    /** Guests whose results do not say by which clock they were measured: it was their own. */
    private static List<String> unverifiedClocks(List<Run> runs) {
        Map<String, List<String>> runsByMachine = new TreeMap<>();
        for (Run run : runs) {
            boolean recorded = run.measurements().stream()
                    .allMatch(measurement -> measurement.facts().containsKey(CLOCK_FACT));
            Optional<String> hypervisor = run.environment().fact(HYPERVISOR);
            if (!recorded && hypervisor.isPresent() && !hypervisor.get().equals(NO_HYPERVISOR)) {
                boolean certain = !hypervisor.get().equals(Environment.UNKNOWN);
                String machine = certain ? "guest" : "machine that may be a guest";
                runsByMachine.computeIfAbsent(machine, any -> new ArrayList<>()).add(run.name());
            }
        }
        List<String> sentences = new ArrayList<>();
        runsByMachine.forEach((machine, names) ->
                sentences.add("local clock of a " + machine + ", not verified (" + RunNames.joined(names) + ")"));
        return sentences;
    }

    /**
     * Compares named maps key by key.
     *
     * @param sides run name to its values by key
     * @param absent what to say of a run that lacks a key that another has
     * @return one sentence for each key that not all have alike, such as {@code direct: yes in native, no in vm}
     */
    static List<String> differences(Map<String, Map<String, String>> sides, String absent) {
        Set<String> keys = new LinkedHashSet<>();
        sides.values().forEach(values -> keys.addAll(values.keySet()));
        List<String> sentences = new ArrayList<>();
        for (String key : keys) {
            Map<String, List<String>> runsByValue = new LinkedHashMap<>();
            sides.forEach((run, values) -> runsByValue
                    .computeIfAbsent(values.getOrDefault(key, absent), any -> new ArrayList<>())
                    .add(run));
            if (runsByValue.size() > 1) {
                int most =
                        runsByValue.values().stream().mapToInt(List::size).max().orElse(0);
                List<String> values = new ArrayList<>();
                runsByValue.forEach((value, runs) -> {
                    boolean usual = runs.size() == most && most > MOST_NAMED;
                    values.add((value.isEmpty() ? "none" : value) + " in "
                            + (usual ? "the other " + most + " runs" : RunNames.joined(runs)));
                });
                // What is said of the others comes last, behind those that are named.
                values.sort(Comparator.comparing(value -> value.endsWith(" in the other " + most + " runs")));
                sentences.add(key + ": " + String.join(", ", values));
            }
        }
        return sentences;
    }
}
