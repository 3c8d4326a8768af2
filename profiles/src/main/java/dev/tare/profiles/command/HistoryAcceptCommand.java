package dev.tare.profiles.command;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.store.AcceptedChange;
import dev.tare.history.told.CheckText;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "accept",
        description = "Marks changes as known: check tells them no more, and tells the next one.",
        footer = {"", "Example: history accept 'web1 .*triad' --at 2026-03-01 --because 'new DIMMs'"})
final class HistoryAcceptCommand implements Callable<Integer> {
    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final SeriesOptions wanted = new SeriesOptions();

    @Option(
            names = "--at",
            paramLabel = "DATE",
            description = "Those since this date alone, as check prints it or its beginning (default: all).")
    private String at = "";

    @Option(names = "--because", paramLabel = "TEXT", required = true, description = "Why it is all right.")
    private String because = "";

    private final PrintStream console;

    HistoryAcceptCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return store.use(opened -> {
            List<ChangeFinding> meant = HistoryCheck.of(opened, ChangeRule.DEFAULT, wanted::include).news().stream()
                    .filter(finding -> finding.first().started().toString().startsWith(at))
                    .toList();
            if (meant.isEmpty()) {
                throw CommandException.unavailable("accept: expected a change that is not accepted yet, got none"
                        + (at.isEmpty() ? "" : " since " + at) + "; 'history check' lists them");
            }
            opened.accept(meant.stream()
                    .map(finding -> new AcceptedChange(
                            finding.series().stored().id(),
                            finding.series().kind().name(),
                            finding.first().started(),
                            because))
                    .toList());
            console.println(Counted.of(meant.size(), "change") + " accepted");
            meant.forEach(finding -> console.println(CheckText.of(finding).get(0)));
            return ExitCode.OK.code();
        });
    }
}
