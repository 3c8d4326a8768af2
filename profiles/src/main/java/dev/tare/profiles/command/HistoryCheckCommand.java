package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.change.Change;
import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Counted;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description =
                "Tells what changed and was not accepted; docs/history.md has the rule and how often it is wrong.")
final class HistoryCheckCommand implements Callable<Integer> {
    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final SeriesOptions wanted = new SeriesOptions();

    /** What makes the exit code 4. */
    enum Failing {
        NEVER,
        REGRESSION,
        CHANGE;

        /** As it is written, also in the message about another word. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--fail-on",
            paramLabel = "regression|change|never",
            description = "Exit with 4 when there is one that was not accepted (default: never).")
    private Failing failOn = Failing.NEVER;

    @Option(
            names = "--at-least",
            paramLabel = "PERCENT",
            description = "Tell only changes of so many per cent (default and least: 2).")
    private double atLeastPercent = 2;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the result as JUnit's XML, too.")
    private @Nullable Path junit;

    private final PrintStream console;

    HistoryCheckCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!(atLeastPercent >= 0)) {
            throw CommandException.usage("--at-least: expected per cent, got " + atLeastPercent);
        }
        ChangeRule rule = ChangeRule.DEFAULT.atLeast(atLeastPercent / 100);
        HistoryCheck check = store.use(opened -> HistoryCheck.of(opened, rule, wanted::include));
        print(check);
        if (junit != null) {
            write(junit, JunitXml.of(check));
        }
        boolean failed = switch (failOn) {
            case NEVER -> false;
            case REGRESSION -> check.news().stream().anyMatch(ChangeFinding::isRegression);
            case CHANGE -> !check.news().isEmpty();
        };
        return (failed ? ExitCode.REGRESSION : ExitCode.OK).code();
    }

    private void print(HistoryCheck check) {
        List<ChangeFinding> news = check.news();
        int accepted = check.findings().size() - news.size();
        long worse = news.stream().filter(ChangeFinding::isRegression).count();
        String known = accepted == 0 ? "" : ", " + accepted + " accepted";
        console.println(
                news.isEmpty()
                        ? "no change in " + Counted.of(check.series(), "series", "series") + known
                        : Counted.of(news.size(), "change") + " in " + Counted.of(check.series(), "series", "series")
                                + ", " + worse + " for the worse" + known);
        news.forEach(finding -> lines(finding).forEach(console::println));
        check.gaps().forEach(gap -> console.println("gap: " + gap));
        check.begunAnew().forEach(console::println);
    }

    /** A line that tells the change, and one for each thing that may have made it. */
    static List<String> lines(ChangeFinding finding) {
        List<String> lines = new ArrayList<>();
        Change change = finding.change();
        lines.add(String.format(
                Locale.ROOT,
                "%-7s %+6.1f %%  since %s  %s -> %s  %s",
                finding.verdict(),
                (change.ratio() - 1) * 100,
                finding.first().started(),
                value(finding.series(), change.before()),
                value(finding.series(), change.after()),
                finding.series().name()));
        lines.add(String.format(
                Locale.ROOT,
                "        %s before, %d since; p %.0e, autocorrelation %.2f%s",
                Counted.of(change.nightsBefore(), "night"),
                change.nightsAfter(),
                change.p(),
                change.autocorrelation(),
                finding.coincides().isEmpty() ? "" : "; " + finding.coincides()));
        finding.circumstances().forEach(words -> lines.add("        " + words));
        finding.accepted().ifPresent(because -> lines.add("        accepted: " + because));
        return lines;
    }

    static String value(WatchedSeries series, double value) {
        if (series.kind() == WatchedSeries.Kind.EFFICIENCY) {
            return DisplayUnit.percent(value);
        }
        DisplayUnit unit = DisplayUnit.of(series.unit(), value);
        return unit.value(value) + " " + unit.unit();
    }

    /** Writes another form of a result. */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot write " + file + ": " + Reasons.of(e) + "; name a file in a folder that you can write to",
                    e);
        }
    }
}
