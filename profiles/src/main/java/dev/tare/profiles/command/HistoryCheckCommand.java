package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.told.CheckJson;
import dev.tare.history.told.CheckText;
import dev.tare.history.told.GithubAnnotations;
import dev.tare.history.told.JunitXml;
import dev.tare.profiles.cli.CommandException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Mixin
    private final FailOnOption failOn = new FailOnOption();

    /** Who reads it. */
    enum Format {
        TEXT,
        GITHUB,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--format",
            paramLabel = "text|github|json",
            description = "For people (default), as annotations of GitHub's workflows, or for programs.")
    private Format format = Format.TEXT;

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
        switch (format) {
            case TEXT -> CheckText.of(check).forEach(console::println);
            case GITHUB -> GithubAnnotations.of(check).forEach(console::println);
            case JSON -> console.print(CheckJson.of(check));
        }
        if (junit != null) {
            write(junit, JunitXml.of(check));
        }
        return failOn.of(check).code();
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
