package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.report.comparison.DocumentOptions;
import dev.tare.report.document.Document;
import dev.tare.runs.Run;
import dev.tare.runs.UnreadableRunException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the page that people look at, and the page itself. */
final class PageOptions {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with charts, too, and " + Document.STYLE_SHEET_NAME
                    + " beside it, for where the style inside is not admitted; - is standard output.")
    private @Nullable Path html;

    @Option(names = "--no-tables", description = "Leave out the tables under the charts of the page.")
    private boolean withoutTables;

    @Option(
            names = "--again",
            paramLabel = "RUN",
            description = "A second run of the baseline's machine: what both differ by is noise, and not shown.")
    private @Nullable Path again;

    @Option(
            names = "--group-by",
            paramLabel = "LABEL",
            split = ",",
            description = "Labels or facts of the machines by which bars stand together; the last one tells the bars of"
                    + " a group apart. Example: --group-by os,kind")
    private List<String> groupBy = new ArrayList<>();

    @Nullable
    Path file() {
        return html;
    }

    /** Whether any of it makes sense for runs alone. */
    boolean comparesRuns() {
        return again != null || !groupBy.isEmpty();
    }

    DocumentOptions documentOptions(List<Run> runs) {
        try {
            DocumentOptions wanted =
                    new DocumentOptions(again == null ? Optional.empty() : Optional.of(Run.read(again)), groupBy);
            List<String> unknown = wanted.unknown(runs);
            if (!unknown.isEmpty()) {
                throw CommandException.usage(
                        "--group-by: expected labels, or facts such as os.kernel, that a run has, got "
                                + String.join(", ", unknown) + ", which none has; inspect lists the facts");
            }
            return wanted;
        } catch (UnreadableRunException e) {
            throw CommandException.unavailable("--again: " + Reasons.of(e), e);
        }
    }

    /** Writes the page where one is wanted; standard output takes it alone. */
    void write(Document document, PrintStream console) {
        if (html == null) {
            return;
        }
        String text = document.html(!withoutTables);
        if (html.equals(STANDARD_OUTPUT)) {
            console.print(text);
        } else {
            new PageFile(html).write(text, console);
        }
    }
}
