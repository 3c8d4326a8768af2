package dev.tare.profiles.command;

import dev.tare.profiles.classic.ClassicTables;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.IncomparableRunsException;
import dev.tare.report.document.Document;
import dev.tare.runs.Run;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Puts runs side by side: scores with their intervals, and the efficiency against a baseline.",
        footer = {"", "A run is the folder that run printed, or a JSON file written by JMH (-rf json)."})
final class ReportCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "<run>", description = "Folders of runs, or JSON files of JMH.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "RUN",
            description = "The native run, one of those given (default: the first).")
    private @Nullable Path baseline;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write everything that is compared as CSV, too.")
    private @Nullable Path csv;

    @Option(names = "--md", paramLabel = "FILE", description = "Write the report as Markdown, too.")
    private @Nullable Path markdown;

    @Option(names = "--details", description = "Show the secondary metrics, too: response times, CPU use, shares.")
    private boolean details;

    @Option(
            names = "--classic",
            description = "Print processor and memory results as LINPACK and RAMspeed do, run by run.")
    private boolean classic;

    private final PrintStream console;

    ReportCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (classic && details) {
            throw CommandException.usage("report: expected one of --classic and --details, got both; leave one out");
        }
        Comparison comparison = compare();
        Document document = comparison.document();
        console.print(classic ? classic(comparison) : details ? document.textWithDetails() : document.text());
        if (csv != null) {
            write(csv, document.csv());
        }
        if (markdown != null) {
            write(markdown, document.markdown());
        }
        return ExitCode.OK.code();
    }

    private static String classic(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        comparison.runs().forEach(run -> text.append(run.name() + "\n\n" + ClassicTables.of(run)));
        return text.toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot write the report to " + file + ": " + e + "; name a file in a folder that you can write to",
                    e);
        }
    }

    private Comparison compare() {
        try {
            return Comparison.of(Run.readAll(paths), baselineIndex());
        } catch (UnreadableRunException | IncomparableRunsException e) {
            throw CommandException.unavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private int baselineIndex() {
        if (baseline == null) {
            return 0;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).normalize().equals(baseline.normalize())) {
                return i;
            }
        }
        throw CommandException.usage("--baseline: expected one of the runs " + paths + ", got " + baseline);
    }
}
