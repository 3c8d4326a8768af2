package dev.tare.profiles.command;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.told.CheckText;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            if (all.isEmpty()) {
                throw CommandException.unavailable("show: expected a series of that name, got none of "
                        + store.location() + "; 'history show' alone lists all");
            }
            Map<String, List<ChangeFinding>> findings = check.findings().stream()
                    .collect(Collectors.groupingBy(finding -> finding.series().name()));
            for (WatchedSeries series : all) {
                print(series, findings.getOrDefault(series.name(), List.of()));
            }
            return ExitCode.OK.code();
        });
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
