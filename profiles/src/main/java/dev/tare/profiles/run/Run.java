package dev.tare.profiles.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.profiles.exit.ExitCode;
import dev.tare.profiles.exit.Refusal;
import dev.tare.profiles.plan.Plan;
import dev.tare.runs.DurableFile;
import dev.tare.runs.Fingerprint;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.results.format.ResultFormatType;

/** A run: its plan, its folder, and the rounds that fill it. */
public final class Run {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunFolder folder;
    private final Plan plan;
    private final RunHost host;
    private final Results results = new Results();

    private Run(RunFolder folder, Plan plan, RunHost host) {
        this.folder = folder;
        this.plan = plan;
        this.host = host;
    }

    /**
     * Starts a new run and measures its forks.
     *
     * @param host what program, JVM and machine these are
     * @return OK, INCOMPLETE or INTERRUPTED
     * @throws Refusal when the folder does not take its files
     */
    public static ExitCode start(RunFolder folder, Plan plan, RunRequest request, RunHost host, PrintStream out) {
        Run run = new Run(folder, plan, host);
        return run.measureInto(out, () -> {
            DurableFile.write(folder.environment(), host.environmentJson());
            return Journal.create(folder.journal(), header(request, host.fingerprint()));
        });
    }

    /**
     * Goes on with a run: measures exactly the forks that are missing.
     *
     * @param planner makes the plan again from what the run was asked for
     * @param host what this program, JVM and machine are
     * @throws Refusal when one of them differs from the run's
     */
    public static ExitCode resume(RunFolder folder, RunHost host, Function<RunRequest, Plan> planner, PrintStream out) {
        JournalReader found = JournalReader.read(folder.journal());
        List<String> differences = fingerprint(found.header()).differences(host.fingerprint());
        if (!differences.isEmpty()) {
            throw Refusal.unavailable("cannot resume " + folder.path()
                    + ": its forks would not be comparable. " + String.join(". ", differences)
                    + ". Resume it where it began, or start a new run");
        }
        Run run = new Run(folder, planner.apply(request(found.header())), host);
        run.readForks(found.entries());
        out.println("resuming " + folder.path() + ": "
                + (run.plan.forks().size() - run.results.missing(run.plan).size()) + " of "
                + run.plan.forks().size() + " forks are measured already");
        return run.measureInto(out, () -> Journal.resume(folder.journal(), found.completeBytes()));
    }

    /** Opens the journal of a run. */
    @FunctionalInterface
    private interface JournalOpener {
        Journal open() throws IOException;
    }

    private ExitCode measureInto(PrintStream out, JournalOpener opener) {
        try (Journal journal = opener.open()) {
            return measure(journal, out);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "cannot write into " + folder.path() + ": " + e.getMessage()
                            + "; what the journal there holds is kept",
                    e);
        }
    }

    private ExitCode measure(Journal journal, PrintStream out) throws IOException {
        try (Interruption interruption = Interruption.listen();
                PrintStream log = folder.openLog()) {
            Progress progress = new Progress(out, plan, results);
            ForkRunner runner = new ForkRunner(log, host.facts());
            List<Plan.Fork> left = new ArrayList<>(results.missing(plan));
            while (!left.isEmpty() && !interruption.requested()) {
                Plan.Fork fork = left.get(0);
                progress.started(fork, left);
                try {
                    MeasuredFork measured = runner.run(fork.configuration());
                    results.add(fork.configuration().key(), fork.round(), measured);
                    journal.append(JournalEntry.fork(fork, measured));
                    progress.measured(measured);
                } catch (ForkFailedException e) {
                    if (interruption.requested()) {
                        progress.interrupted();
                        break;
                    }
                    progress.failed(e.reason());
                    journal.append(JournalEntry.failure(fork, e.reason()));
                }
                left.remove(0);
            }
            DurableFile.write(folder.results(), results.format(plan, ResultFormatType.JSON));
            return outcome(interruption);
        }
    }

    private ExitCode outcome(Interruption interruption) {
        if (interruption.requested()) {
            return ExitCode.INTERRUPTED;
        }
        return results.missing(plan).isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private void readForks(List<JsonNode> entries) {
        for (JsonNode entry : entries) {
            String configuration = entry.path("key").asText();
            if (entry.path("kind").asText().equals("fork")) {
                int round = entry.path("round").asInt();
                try {
                    results.add(configuration, round, JournalEntry.measured(entry));
                } catch (IOException e) {
                    throw Refusal.unavailable(
                            folder.journal() + ": the fork of round " + round + " of " + configuration
                                    + " cannot be read: " + e.getMessage()
                                    + "; remove its line to measure it again",
                            e);
                }
            }
        }
    }

    private static ObjectNode header(RunRequest request, Fingerprint fingerprint) {
        ObjectNode header = JSON.createObjectNode()
                .put("kind", "run")
                .put("schema", 1)
                .put("tare", request.version())
                .put("profile", request.profile())
                .put("steps", request.profileText())
                .put("only", request.only())
                .put("started", Instant.now().toString());
        ArrayNode options = header.putArray("options");
        request.options().forEach(options::add);
        header.putObject("labels");
        header.putArray("jvmFlags");
        header.put("maxStealPercent", 1.0).put("maxForeignPercent", 5.0).put("retries", 0);
        header.putObject("fingerprint")
                .put("program", fingerprint.program())
                .put("jvm", fingerprint.jvm())
                .put("machine", fingerprint.machine());
        return header;
    }

    private static RunRequest request(JsonNode header) {
        List<String> options = new ArrayList<>();
        header.path("options").forEach(option -> options.add(option.asText()));
        return new RunRequest(
                header.path("tare").asText(),
                header.path("profile").asText(),
                header.path("steps").asText(),
                options,
                header.path("only").asText());
    }

    private static Fingerprint fingerprint(JsonNode header) {
        JsonNode fingerprint = header.path("fingerprint");
        return new Fingerprint(
                fingerprint.path("program").asText(),
                fingerprint.path("jvm").asText(),
                fingerprint.path("machine").asText());
    }
}
