package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.report.campaign.CampaignReport;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.IncomparableRunsException;
import dev.tare.report.comparison.RunHistograms;
import dev.tare.report.document.Document;
import dev.tare.report.study.XenStudy;
import dev.tare.runs.Counted;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.CampaignFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description =
                "Puts runs side by side: scores with their intervals, and the efficiency against a baseline. Of a campaign: what"
                        + " hosts get together.",
        footer = {
            "",
            "A run is the folder that run printed, or a JSON file written by JMH (-rf json).",
            "The folder that campaign printed is reported alone."
        })
final class ReportCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Parameters(
            arity = "0..*",
            paramLabel = "<run>",
            description =
                    "Folders of runs, folders with runs below them, or JSON files of JMH; or the folder of one campaign.")
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

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the report with all digits as JSON, too; - is standard output.")
    private @Nullable Path json;

    @Option(
            names = "--histograms",
            paramLabel = "FILE",
            description =
                    "Write the response times of all forks whole, too, as a log of HdrHistogram; - is standard output.")
    private @Nullable Path histograms;

    @Mixin
    private final PageOptions page = new PageOptions();

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "Report a published study instead of runs: " + XenStudy.NAME + ".")
    private @Nullable String example;

    @Option(names = "--details", description = "Show the secondary metrics, too: response times, CPU use, shares.")
    private boolean details;

    @Option(names = "--facts", description = "Show what the benchmarks say about themselves that is no number, too.")
    private boolean facts;

    @Option(
            names = "--classic",
            description = "Print processor and memory results as LINPACK and RAMspeed do, run by run.")
    private boolean classic;

    private final PrintStream console;
    private List<Run> runs = List.of();

    ReportCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (classic && (details || facts)) {
            throw CommandException.usage("report: expected --classic alone, or --details and --facts, got "
                    + (details ? "--details" : "--facts") + " beside --classic; leave one out");
        }
        if (example != null) {
            return reportExample(example);
        }
        if (paths.isEmpty()) {
            throw CommandException.usage(
                    "report: expected the folder of a run, got nothing; name one, or see --example " + XenStudy.NAME);
        }
        paths = RunTree.runs(paths);
        checkFiles();
        return paths.stream().anyMatch(Campaign::isAt) ? reportCampaign() : reportRuns();
    }

    private int reportExample(String name) {
        if (!name.equals(XenStudy.NAME) || !paths.isEmpty()) {
            throw CommandException.usage("report --example: expected " + XenStudy.NAME + " and no run, got " + name
                    + (paths.isEmpty() ? "" : " and " + joined(paths)));
        }
        checkFiles();
        Document document = XenStudy.document();
        return print(document, document.text(details, facts), List.of());
    }

    private int reportRuns() {
        Comparison comparison = compare();
        Document document = comparison.document(page.documentOptions(comparison.runs()));
        return print(document, classic ? classic(comparison) : document.text(details, facts), comparison.incomplete());
    }

    private int reportCampaign() {
        requireCampaignAlone();
        try {
            CampaignReport report = CampaignReport.of(Campaign.read(paths.get(0)));
            return print(report.document(), report.document().text(details, facts), report.incomplete());
        } catch (UnreadableRunException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        }
    }

    /** A campaign is compared within itself; what its hosts measured is a run each. */
    private void requireCampaignAlone() {
        List<Path> campaigns = paths.stream().filter(Campaign::isAt).toList();
        if (paths.size() > 1) {
            throw CommandException.usage("report: expected runs, or one campaign alone, got "
                    + Counted.of(campaigns.size(), "campaign") + " (" + joined(campaigns) + ") of "
                    + Counted.of(paths.size(), "folder") + "; report each campaign by itself, or compare the runs of"
                    + " hosts, such as " + campaigns.get(0).resolve("hosts").resolve("NAME"));
        }
        if (baseline != null || classic) {
            throw CommandException.usage("report: expected a run for " + (classic ? "--classic" : "--baseline")
                    + ", got the campaign " + paths.get(0) + ", whose native host is in its plan; leave it out");
        }
        if (histograms != null) {
            throw CommandException.usage("report: expected runs for --histograms, got the campaign " + paths.get(0)
                    + "; name what one of its hosts measured, such as "
                    + paths.get(0).resolve("hosts").resolve("NAME"));
        }
        if (page.comparesRuns()) {
            throw CommandException.usage("report: expected runs for --again and --group-by, got the campaign "
                    + paths.get(0) + ", which holds its own A/A and groups; leave them out");
        }
    }

    private static String joined(List<Path> some) {
        return some.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private int print(Document document, String text, List<String> incomplete) {
        // What is written to standard output is for programs: no text for people around it.
        if (outputs().stream().noneMatch(output -> output.file().equals(STANDARD_OUTPUT))) {
            console.print(text);
        }
        outputs().forEach(output -> output.write(document));
        return (incomplete.isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE).code();
    }

    /** Another form of the report, and where it goes. */
    private record Output(String option, Path file, Consumer<Document> writer) {
        void write(Document document) {
            writer.accept(document);
        }
    }

    private List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        addOutput(outputs, "--csv", csv, Document::csv);
        addOutput(outputs, "--md", markdown, Document::markdown);
        addOutput(outputs, "--json", json, Document::json);
        if (histograms != null) {
            Path file = histograms;
            outputs.add(new Output("--histograms", file, document -> write(file, histogramLog())));
        }
        if (page.file() != null) {
            outputs.add(new Output("--html", page.file(), document -> page.write(document, console)));
        }
        return outputs;
    }

    private String histogramLog() {
        if (runs.stream()
                .flatMap(run -> run.measurements().stream())
                .flatMap(measurement -> measurement.forkRecords().stream())
                .allMatch(fork -> fork.histograms().isEmpty())) {
            throw CommandException.unavailable("--histograms: expected response times, got none in " + joined(paths)
                    + "; benchmarks of disks, networks and timers have them, in runs of this version or later");
        }
        return RunHistograms.log(runs);
    }

    private void addOutput(List<Output> outputs, String option, @Nullable Path file, Function<Document, String> form) {
        if (file != null) {
            outputs.add(new Output(option, file, document -> write(file, form.apply(document))));
        }
    }

    /** No file of a run is overwritten, and no report by another. */
    private void checkFiles() {
        List<Output> outputs = outputs();
        for (int i = 0; i < outputs.size(); i++) {
            for (Output before : outputs.subList(0, i)) {
                if (RunFolder.isSame(before.file(), outputs.get(i).file())) {
                    throw CommandException.usage("report: expected two files for " + before.option() + " and "
                            + outputs.get(i).option() + ", got " + before.file()
                            + " for both; name another for one");
                }
            }
        }
        outputs.forEach(this::requireForeign);
    }

    private void requireForeign(Output output) {
        for (Path run : paths) {
            if (keeps(run, output.file())) {
                throw CommandException.usage(
                        output.option() + ": expected a file to write the report to, got " + output.file()
                                + ", which is a file of the " + (Campaign.isAt(run) ? "campaign " : "run ") + run
                                + "; name another");
            }
        }
    }

    private static boolean keeps(Path run, Path file) {
        if (Campaign.isAt(run)) {
            return new CampaignFolder(new RunFolder(run)).keeps(file);
        }
        return Files.isDirectory(run) ? new RunFolder(run).keeps(file) : RunFolder.isSame(file, run);
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
                    "cannot write the report to " + file + ": " + Reasons.of(e)
                            + "; name a file in a folder that you can write to",
                    e);
        }
    }

    private Comparison compare() {
        try {
            runs = Run.readAll(paths);
            return Comparison.of(runs, baselineIndex());
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
