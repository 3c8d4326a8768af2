package dev.tare.profiles.command;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.night.AbsentNight;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.told.CheckText;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Draws series night by night, and tells all their changes, accepted ones too.")
final class HistoryShowCommand implements Callable<Integer> {
    private static final int WIDEST = 80;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final SeriesOptions wanted = new SeriesOptions();

    private final PrintStream console;

    HistoryShowCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return store.use(opened -> {
            List<WatchedSeries> all = new ArrayList<>();
            HistoryCheck check = HistoryCheck.of(opened, ChangeRule.DEFAULT, wanted::include, all::add);
            SortedMap<String, List<AbsentNight>> withoutSeries = withoutSeries(opened);
            if (all.isEmpty() && withoutSeries.isEmpty()) {
                throw CommandException.unavailable("show: expected a series of that name, got none of "
                        + store.location() + "; 'history show' alone lists all");
            }
            Map<String, List<ChangeFinding>> findings = check.findings().stream()
                    .collect(Collectors.groupingBy(finding -> finding.series().name()));
            for (WatchedSeries series : all) {
                print(series, findings.getOrDefault(series.name(), List.of()));
            }
            withoutSeries.forEach(this::print);
            return ExitCode.OK.code();
        });
    }

    /** Hosts that are meant and have never measured anything. */
    private SortedMap<String, List<AbsentNight>> withoutSeries(HistoryStore opened) throws StoreException {
        SortedMap<String, List<AbsentNight>> hosts = opened.absent().stream()
                .filter(night -> wanted.includeHost(night.host()))
                .collect(Collectors.groupingBy(AbsentNight::host, TreeMap::new, Collectors.toList()));
        opened.series().forEach(series -> hosts.remove(series.host()));
        return hosts;
    }

    private void print(String host, List<AbsentNight> absent) {
        console.println(host);
        absent.forEach(
                night -> console.println("  left out: " + night.started() + ", did not measure: " + night.reason()));
    }

    private void print(WatchedSeries series, List<ChangeFinding> findings) {
        List<Night> nights = series.nights();
        console.println(series.name());
        if (!nights.isEmpty()) {
            Night last = nights.get(nights.size() - 1);
            console.println("  "
                    + Sparkline.of(nights.stream().mapToDouble(Night::value).toArray(), WIDEST) + "  "
                    + CheckText.value(series, last.value()) + " on " + last.started() + ", "
                    + Counted.of(nights.size(), "night"));
        }
        findings.forEach(finding -> CheckText.of(finding).forEach(line -> console.println("  " + line)));
        if (!wanted.isAll()) {
            series.excluded()
                    .forEach(night -> console.println("  left out: " + night.started() + ", " + night.reason()));
        }
        series.begunAnew()
                .ifPresent(anew -> console.println("  begun anew on " + anew.since() + ": measured with " + anew.now()
                        + " instead of " + anew.before()));
    }
}
