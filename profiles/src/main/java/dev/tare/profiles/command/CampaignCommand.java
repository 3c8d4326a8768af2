package dev.tare.profiles.command;

import static java.util.Objects.requireNonNull;

import dev.tare.campaign.hosts.HostList;
import dev.tare.campaign.manage.CampaignRequest;
import dev.tare.campaign.manage.CampaignSchedule;
import dev.tare.campaign.manage.CampaignSession;
import dev.tare.campaign.manage.HostsCheck;
import dev.tare.campaign.manage.UnavailableHostsException;
import dev.tare.campaign.plan.CampaignPlan;
import dev.tare.campaign.plan.PlanFile;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.cli.Suggestions;
import dev.tare.profiles.run.AgentForks;
import dev.tare.report.campaign.CampaignReport;
import dev.tare.report.document.Document;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Campaign;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "campaign",
        description =
                "Puts several hosts under load at the same time, proves that it was, and keeps everything in a folder.",
        footer = {
            "",
            "Built-in plans: demo (two JVMs on this host, four minutes), study (the 2010 study's parallel part),",
            "matrix (who disturbs whom), database (a database server beside others). campaign check --hosts FILE tries every host.",
            "Example: campaign study --hosts hosts.yml --only cpu,net --rounds 10 --out results"
        })
final class CampaignCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final String CHECK = "check";
    private static final String DEMO = "demo";
    private static final Set<String> BESIDE_RESUME = Set.of("--resume", "--deploy", "--verbose", "--html");

    @Parameters(
            arity = "0..1",
            paramLabel = "<plan>|check",
            description = "Name of a built-in plan or path of a plan file; or check.")
    private String word = "";

    @Option(
            names = "--hosts",
            paramLabel = "FILE|local:N",
            description = "List of hosts: YAML, an Ansible inventory, or N JVMs on this host.")
    private String hosts = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the campaign (default: tare-<plan>-<time> in the working folder).")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with the campaign in this folder: measure exactly what is missing.")
    private @Nullable Path resume;

    @Option(names = "--plan", description = "Print what would happen, in which order and how long it takes, and exit.")
    private boolean planOnly;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds, instead of those of the plan.")
    private int rounds;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the order, instead of the plan's.")
    private @Nullable Integer seed;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Keep the scenarios of these names, and those that run these workloads alone.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--deploy", description = "Copy this jar through the channels to hosts that have another one.")
    private boolean deploy;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report as a page with charts at the end, too, as report --html does.")
    private @Nullable Path html;

    @Option(names = "--verbose", description = "Tell also when hosts are ready, go and have ended.")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

    private @Nullable PageFile page;

    private final PrintStream console;

    CampaignCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (html != null) {
            page = new PageFile(html);
        }
        try {
            return (resume == null ? begin() : resume(resume)).code();
        } catch (PlaceException e) {
            throw CommandException.usage(Reasons.of(e));
        } catch (UnreadableRunException | UnavailableHostsException | RunFolder.UnusableException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        } catch (IOException e) {
            throw CommandException.unavailable("campaign: " + Reasons.of(e), e);
        }
    }

    private ExitCode begin() throws UnreadableRunException, PlaceException, IOException {
        if (word.equals(CHECK)) {
            return new HostsCheck(request()).passes(HostList.read(requireHosts())) ? ExitCode.OK : ExitCode.UNAVAILABLE;
        }
        requirePlan();
        HostList list = HostList.read(word.equals(DEMO) && hosts.isEmpty() ? "local:2" : requireHosts());
        CampaignPlan plan = chosen(PlanFile.parse(word, PlanFile.text(word), list.hosts()));
        plan.leftOut().forEach(reason -> console.println("left out: " + reason));
        CampaignRequest request = request();
        if (planOnly) {
            console.print(CampaignSchedule.of(plan, list, request.work()).text());
            return ExitCode.OK;
        }
        Path folder = out == null
                ? Path.of("tare-" + plan.name() + "-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())))
                : out;
        return measured(folder, () -> new CampaignSession(request).start(plan, list, folder));
    }

    private void requirePlan() {
        if (word.isEmpty()) {
            throw CommandException.usage("campaign: expected a plan, one of " + String.join(", ", PlanFile.builtIn())
                    + " or the path of a plan file, or check, got nothing");
        }
        if (!PlanFile.builtIn().contains(word) && !Files.isReadable(Path.of(word))) {
            List<String> valid = new ArrayList<>(PlanFile.builtIn());
            valid.add(CHECK);
            throw CommandException.usage("campaign: expected one of " + String.join(", ", valid)
                    + " or the path of a readable plan file, got \"" + word + "\"" + Suggestions.hint(word, valid));
        }
    }

    private String requireHosts() {
        if (hosts.isEmpty()) {
            throw CommandException.usage(
                    "campaign: expected --hosts FILE with the list of hosts, or --hosts local:N, got none");
        }
        return hosts;
    }

    private CampaignPlan chosen(CampaignPlan plan) {
        if (rounds < 0) {
            throw CommandException.usage("--rounds: expected a whole number from 1, got " + rounds);
        }
        CampaignPlan numbered = plan.with(rounds == 0 ? plan.rounds() : rounds, seed == null ? plan.seed() : seed);
        CampaignPlan kept = only.isEmpty() ? numbered : numbered.only(only);
        if (kept.scenarios().isEmpty()) {
            throw CommandException.usage("--only: expected names of scenarios or workloads of " + plan.name() + ", got "
                    + String.join(",", only) + "; campaign " + word + " --plan lists them");
        }
        return kept;
    }

    private ExitCode resume(Path folder) throws UnreadableRunException, PlaceException, IOException {
        List<String> others = new ArrayList<>(word.isEmpty() ? List.of() : List.of(word));
        requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(option -> !BESIDE_RESUME.contains(option))
                .forEach(others::add);
        if (!others.isEmpty()) {
            throw CommandException.usage("campaign --resume takes plan and hosts from the campaign itself; expected at"
                    + " most --deploy, --verbose and --html beside it, got also " + String.join(" ", others));
        }
        return measured(folder, () -> new CampaignSession(request()).resume(folder));
    }

    /** Measures; true when all attempts that were planned are there. */
    private interface Session {
        boolean run() throws UnreadableRunException, PlaceException, IOException;
    }

    private ExitCode measured(Path folder, Session session) throws UnreadableRunException, PlaceException, IOException {
        boolean whole;
        try {
            whole = session.run();
        } catch (FileSystemException e) {
            throw CommandException.unavailable(
                    "campaign: " + Reasons.of(e)
                            + "; all attempts before are kept. Make room, or what else it lacks, and go on with:"
                            + " campaign --resume " + folder,
                    e);
        }
        report(folder);
        console.println("results: " + folder.toAbsolutePath());
        if (!whole) {
            console.println("The campaign is incomplete; measure what is missing with: campaign --resume " + folder);
        }
        return whole ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /** What was found, as {@code report} says it; nothing where no slot was filled. */
    private void report(Path folder) {
        try {
            Document document = CampaignReport.of(Campaign.read(folder)).document();
            console.println();
            console.print(document.text());
            if (page != null) {
                page.writeAtEnd(document, console);
            }
        } catch (UnreadableRunException nothingMeasured) {
            console.println(Reasons.of(nothingMeasured));
        }
    }

    private CampaignRequest request() {
        return new CampaignRequest(
                new AgentForks(),
                Path.of(System.getProperty("java.class.path", "")).toAbsolutePath(),
                deploy,
                Path.of(System.getProperty("java.io.tmpdir")),
                verbose,
                console);
    }
}
