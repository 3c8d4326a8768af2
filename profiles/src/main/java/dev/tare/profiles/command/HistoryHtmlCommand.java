package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.site.NightSite;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "html",
        description = "Writes pages without scripts: what changed, each host, each series night by night.")
final class HistoryHtmlCommand implements Callable<Integer> {
    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final SeriesOptions wanted = new SeriesOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder; pages of the same names in it are written anew.")
    private Path out = Path.of(".");

    private final PrintStream console;

    HistoryHtmlCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return store.use(opened -> {
            List<WatchedSeries> series = new ArrayList<>();
            HistoryCheck check = HistoryCheck.of(opened, ChangeRule.DEFAULT, wanted::include, series::add);
            try {
                int pages = new NightSite(check, series).write(out);
                console.println(Counted.of(pages, "page") + ": "
                        + out.resolve("index.html").toAbsolutePath().normalize());
                return ExitCode.OK.code();
            } catch (IOException e) {
                throw CommandException.unavailable(
                        "cannot write into " + out + ": " + Reasons.of(e) + "; name a folder that you can write to", e);
            }
        });
    }
}
