package dev.tare.profiles.command;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.SeriesBook;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.night.AbsentNight;
import dev.tare.history.told.CheckText;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import java.io.PrintStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
            SeriesBook book = new SeriesBook(opened);
            List<WatchedSeries> all = book.all(wanted::include);
            SortedMap<String, List<AbsentNight>> withoutSeries = withoutSeries(book);
            if (all.isEmpty() && withoutSeries.isEmpty()) {
                throw CommandException.unavailable("show: expected a series of that name, got none of "
                        + store.location() + "; 'history show' alone lists all");
            }
            HistoryCheck check = HistoryCheck.of(opened, ChangeRule.DEFAULT, wanted::include);
            for (WatchedSeries series : all) {
                print(series, check.findings());
            }
            withoutSeries.forEach(this::print);
            return ExitCode.OK.code();
        });
    }

    /** Hosts that are meant and have never measured anything. */
    private SortedMap<String, List<AbsentNight>> withoutSeries(SeriesBook book) {
        SortedMap<String, List<AbsentNight>> hosts = new TreeMap<>(book.absent());
        hosts.keySet().removeAll(book.byHost().keySet());
        hosts.keySet().removeIf(host -> !wanted.includeHost(host));
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
        findings.stream()
                .filter(finding -> finding.series().name().equals(series.name()))
                .forEach(finding -> CheckText.of(finding).forEach(line -> console.println("  " + line)));
        if (!wanted.isAll()) {
            series.excluded()
                    .forEach(night -> console.println("  left out: " + night.started() + ", " + night.reason()));
        }
        series.begunAnew()
                .ifPresent(anew -> console.println("  begun anew on " + anew.since() + ": measured with " + anew.now()
                        + " instead of " + anew.before()));
    }
}
