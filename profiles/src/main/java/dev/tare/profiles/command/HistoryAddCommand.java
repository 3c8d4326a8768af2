package dev.tare.profiles.command;

import dev.tare.history.night.AbsentNight;
import dev.tare.history.night.CampaignNights;
import dev.tare.history.night.NightRun;
import dev.tare.history.store.AddOutcome;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Campaign;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        description =
                "Keeps runs in the store, and why there are none. What it has already is not added again; a run that has gone"
                        + " on is replaced.")
final class HistoryAddCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "<run>",
            description =
                    "Folders of runs or campaigns, folders with some below them, JSON files of JMH, or *.absent.json of"
                            + " nights without a run.")
    private List<Path> paths = new ArrayList<>();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "When it began, for files that do not say it, such as 2026-03-01T02:00:00Z.")
    private String time = "";

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A label more, of all that is added; host=NAME names the host of JMH's JSON.")
    private Map<String, String> labels = new LinkedHashMap<>();

    private final PrintStream console;
    private final Map<AddOutcome, Integer> outcomes = new EnumMap<>(AddOutcome.class);
    private final Map<AddOutcome, Integer> absentOutcomes = new EnumMap<>(AddOutcome.class);
    private final List<String> broken = new ArrayList<>();

    HistoryAddCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!time.isEmpty()) {
            parsedTime();
        }
        List<Path> absentNights = RunTree.absentNights(paths);
        List<Path> runs = RunTree.runs(paths).stream()
                .filter(run ->
                        RunFolder.isRun(run) || absentNights.stream().noneMatch(absent -> absent.startsWith(run)))
                .toList();
        Set<Path> outermost = new HashSet<>(runs);
        store.useOrMake(opened -> {
            for (Path run : runs) {
                // Each host in each scenario of a campaign is a night; the folders of its hosts mix the scenarios.
                if (!isWithin(run, outermost)) {
                    add(opened, run);
                }
            }
            for (Path absent : absentNights) {
                addAbsent(opened, absent);
            }
            return outcomes.size();
        });
        report();
        if (broken.isEmpty()) {
            return ExitCode.OK.code();
        }
        return (outcomes.isEmpty() && absentOutcomes.isEmpty() ? ExitCode.UNAVAILABLE : ExitCode.INCOMPLETE).code();
    }

    private static boolean isWithin(Path run, Set<Path> others) {
        return Stream.iterate(run.getParent(), Objects::nonNull, Path::getParent)
                .anyMatch(others::contains);
    }

    private void add(HistoryStore opened, Path run) throws StoreException {
        try {
            Optional<Instant> began = time.isEmpty() ? Optional.empty() : Optional.of(parsedTime());
            List<NightRun> nights =
                    Campaign.isAt(run) ? CampaignNights.read(run, labels) : List.of(NightRun.read(run, began, labels));
            for (NightRun night : nights) {
                AddOutcome outcome = opened.add(night);
                if (outcome == AddOutcome.KEPT) {
                    broken.add(keptText(night));
                } else {
                    outcomes.merge(outcome, 1, Integer::sum);
                }
            }
        } catch (UnreadableRunException e) {
            broken.add(e.getMessage());
        }
    }

    private void addAbsent(HistoryStore opened, Path absent) throws StoreException {
        try {
            absentOutcomes.merge(opened.add(AbsentNight.read(absent)), 1, Integer::sum);
        } catch (UnreadableRunException e) {
            broken.add(e.getMessage());
        }
    }

    /** Of a run that was whole when it was added. */
    static String keptText(NightRun night) {
        return night.source() + ": has been damaged since it was added; the store keeps what it has of it ("
                + (night.warnings().isEmpty() ? "forks are missing" : String.join("; ", night.warnings())) + ")";
    }

    private Instant parsedTime() {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw CommandException.usage("--time: expected a time with its offset, such as 2026-03-01T02:00:00Z or"
                    + " 2026-03-01T03:00:00+01:00, got " + time);
        }
    }

    private void report() {
        console.println(words("run", outcomes) + (broken.isEmpty() ? "" : ", " + broken.size() + " broken"));
        if (!absentOutcomes.isEmpty()) {
            console.println("without a run: " + words("night", absentOutcomes));
        }
        broken.forEach(reason -> console.println("left out: " + reason));
    }

    /** Such as {@code 2 runs added, 0 replaced, 1 known}. */
    private static String words(String what, Map<AddOutcome, Integer> outcomes) {
        return Counted.of(outcomes.getOrDefault(AddOutcome.ADDED, 0), what) + " added, "
                + outcomes.getOrDefault(AddOutcome.REPLACED, 0) + " replaced, "
                + outcomes.getOrDefault(AddOutcome.KNOWN, 0) + " known";
    }
}
