package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.IncomparableRunsException;
import dev.tare.report.document.Document;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Puts runs side by side: scores with their intervals, and the efficiency against a baseline.",
        footer = {"", "A run is the folder that run printed, or a JSON file written by JMH (-rf json)."})
final class ReportCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Parameters(arity = "1..*", paramLabel = "<run>", description = "Folders of runs, or JSON files of JMH.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "RUN",
            description = "The native run, one of those given (default: the first).")
    private @Nullable Path baseline;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write everything that is compared as CSV, too; - is standard output.")
    private @Nullable Path csv;

    @Option(
            names = "--md",
            paramLabel = "FILE",
            description = "Write the report as Markdown, too; - is standard output.")
    private @Nullable Path markdown;

    @Option(names = "--details", description = "Show the secondary metrics, too: response times, CPU use, shares.")
    private boolean details;

    @Option(names = "--facts", description = "Show what the benchmarks say about themselves that is no number, too.")
    private boolean facts;

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
        if (classic && (details || facts)) {
            throw CommandException.usage("report: expected --classic alone, or --details and --facts, got "
                    + (details ? "--details" : "--facts") + " beside --classic; leave one out");
        }
        checkFiles();
        Comparison comparison = compare();
        Document document = comparison.document();
        // What is written to standard output is for programs: no text for people around it.
        if (Stream.of(csv, markdown).noneMatch(STANDARD_OUTPUT::equals)) {
            console.print(classic ? classic(comparison) : document.text(details, facts));
        }
        if (csv != null) {
            write(csv, document.csv());
        }
        if (markdown != null) {
            write(markdown, document.markdown());
        }
        return (comparison.incomplete().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE).code();
    }

    /** No file of a run is overwritten, and no report by another. */
    private void checkFiles() {
        if (csv != null && markdown != null && RunFolder.isSame(csv, markdown)) {
            throw CommandException.usage(
                    "report: expected two files for --csv and --md, got " + csv + " for both; name another for one");
        }
        requireForeign("--csv", csv);
        requireForeign("--md", markdown);
    }

    private void requireForeign(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        for (Path run : paths) {
            boolean own = Files.isDirectory(run) ? new RunFolder(run).keeps(file) : RunFolder.isSame(file, run);
            if (own) {
                throw CommandException.usage(option + ": expected a file to write the report to, got " + file
                        + ", which is a file of the run " + run + "; name another");
            }
        }
    }

    /** The tables of LINPACK and RAMspeed, which have no room for what is missing: it follows them. */
    private static String classic(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        comparison.runs().forEach(run -> text.append(run.name() + "\n\n" + ClassicTables.of(run)));
        comparison.incomplete().forEach(sentence -> text.append("incomplete: " + sentence + "\n"));
        return text.toString();
    }

    private void write(Path file, String text) {
        if (file.equals(STANDARD_OUTPUT)) {
            console.print(text);
            return;
        }
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
            throw CommandException.unavailable(Reasons.of(e), e);
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
