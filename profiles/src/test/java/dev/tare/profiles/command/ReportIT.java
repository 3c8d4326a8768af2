package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.runs.campaign.CampaignFolder;
import dev.tare.runs.campaign.CampaignHeader;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports over runs of the packaged jar. */
final class ReportIT {
    private static final String NATIVE = "native";
    private static final String GUEST = "vm";

    /** Where two runs were measured; each test gets copies. */
    @TempDir
    static Path measured;

    @TempDir
    Path folder;

    private BenchmarksJar jar;

    @BeforeAll
    static void measureTwice() throws IOException, InterruptedException {
        BenchmarksJar jar = new BenchmarksJar(measured);
        Path profile = Files.writeString(
                measured.resolve("short.profile"), "LuSolveBench.ejml -p order=10,20 -f 2 -wi 0 -i 1 -r 50ms\n");
        jar.run("run", profile.toString(), "--out", NATIVE).exits(0);
        jar.run("run", profile.toString(), "--out", GUEST, "--html", "run.html")
                .exits(0)
                .prints("page: " + measured.resolve("run.html"));
    }

    @BeforeEach
    void copyRuns() throws IOException {
        jar = new BenchmarksJar(folder);
        Files.copy(measured.resolve("short.profile"), folder.resolve("short.profile"));
        copy(NATIVE, NATIVE);
        copy(GUEST, GUEST);
    }

    private void copy(String run, String to) throws IOException {
        Files.createDirectories(folder.resolve(to));
        try (Stream<Path> files = Files.list(measured.resolve(run))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(to).resolve(file.getFileName()));
            }
        }
    }

    @Test
    void twoRunsAreComparedOnTheTerminalInCsvAndInMarkdown() throws Exception {
        jar.run("report", "native", "vm", "--csv", "r.csv", "--md", "r.md")
                .exits(0)
                .prints("Efficiency against native")
                .prints("GFLOP/s");

        assertThat(Files.readString(folder.resolve("r.csv"))).contains("dev.tare.cpu.LuSolveBench.ejml");
        assertThat(Files.readString(folder.resolve("r.md")))
                .contains("LuSolveBench.ejml")
                .contains("|");
        jar.run("report", "native", "vm", "--details").exits(0).prints("LuSolveBench.ejml order=10 rateGflops");
        jar.run("report", "native", "--details", "--classic").exits(2).prints("leave one out");
    }

    @Test
    void theBaselineIsWhicheverIsNamed() throws Exception {
        jar.run("report", "native", "vm", "--baseline", "vm").exits(0).prints("Efficiency against vm");
        jar.run("report", "native", "--baseline", "other").exits(2).prints("expected one of the runs");
    }

    @Test
    void aRunThatCrashedIsReadFromItsJournal() throws Exception {
        Files.delete(folder.resolve("vm/results.json"));
        Files.writeString(
                folder.resolve("vm/journal.jsonl"), Files.readString(folder.resolve("vm/journal.jsonl")) + "{\"kin");

        jar.run("report", "native", "vm")
                .exits(1)
                .prints("Efficiency against native")
                .prints("journal");
    }

    @Test
    void whatIsNotComparedMakesTheReportIncomplete() throws Exception {
        jar.run("run", "short.profile", "--only", "order=10", "--out", "part").exits(0);

        jar.run("report", "native", "part").exits(1).prints("order=20: only in native, not compared");
        jar.run("report", "part").exits(0);
    }

    @Test
    void noFileOfARunIsOverwrittenAndNoReportByTheOther() throws Exception {
        Path results = folder.resolve("native/results.json");
        String before = Files.readString(results);
        for (String own : List.of("results.json", "journal.jsonl", "environment.json", "log.txt")) {
            jar.run("report", "native", "vm", "--csv", "vm/../native/" + own)
                    .exits(2)
                    .prints("which is a file of the run native; name another");
        }
        jar.run("report", results.toString(), "--md", results.toString())
                .exits(2)
                .prints("which is a file of the run");
        jar.run("report", "native", "--csv", "r.txt", "--md", "./r.txt")
                .exits(2)
                .prints("name another for one");
        jar.run("report", "native", "--md", "r.txt", "--json", "../" + folder.getFileName() + "/r.txt")
                .exits(2)
                .prints("expected two files for --md and --json");
        jar.run("report", "native", "--json", "native/results.json").exits(2).prints("--json: expected a file");

        assertThat(results).hasContent(before);
        assertThat(folder.resolve("r.txt")).doesNotExist();
    }

    @Test
    void aHyphenIsStandardOutputWhichThenHasNothingElse() throws Exception {
        assertThat(jar.run("report", "native", "--csv", "-").exits(0).output()).startsWith("benchmark,mode,threads,");
        assertThat(jar.run("report", "native", "--md", "-").exits(0).output()).startsWith("# Run native");
        assertThat(jar.run("report", "native", "--json", "-").exits(0).output()).startsWith("{\n  \"schema\" : 1,");
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void aCampaignIsReportedAloneAndIncompleteAsLongAsSlotsAreMissing() throws Exception {
        for (String name : List.of("night", "day")) {
            CampaignFolder.create(folder.resolve(name)).begin(planned()).close();
        }

        jar.run("report", "night", "--json", "night.json")
                .exits(1)
                .prints("Campaign night")
                .prints("2 of 2 planned slots missing: round 1 of alone, round 2 of alone; go on by campaign --resume");
        assertThat(folder.resolve("night.json")).content().contains("\"kind\" : \"warning\"");
        jar.run("report", "night", "native")
                .exits(2)
                .prints("expected runs, or one campaign alone, got 1 campaign (night) of 2 folders");
        jar.run("report", "night", "day")
                .exits(2)
                .prints("got 2 campaigns (night, day)")
                .prints("hosts, such as night/hosts/NAME");
        jar.run("report", "night", "--baseline", "night").exits(2).prints("leave it out");
        jar.run("report", "night", "--group-by", "os").exits(2).prints("leave them out");
        jar.run("report", "night", "--csv", "night/campaign.json")
                .exits(2)
                .prints("which is a file of the campaign night");
    }

    private static CampaignHeader planned() {
        Participant vm1 = new Participant("vm1", LoadRole.MEASURED, "cpu", "LuSolveBench.ejml", Optional.empty());
        return new CampaignHeader(
                "0.1.0",
                "mine",
                "2026-11-29T01:00:00Z",
                "",
                1,
                2,
                2,
                "remote 127.0.0.1:12123/udp",
                List.of(),
                List.of(new Scenario("alone", 1, List.of(vm1))));
    }

    @Test
    void outputThatCannotBeWrittenIsNoSuccess() throws Exception {
        jar.runTo("> /dev/full", "report", "native").exits(3).prints("expected a standard output that takes all");
        jar.runTo("| true", "inspect").exits(3);
        jar.runTo("> /dev/full", "-l").exits(3);
    }

    @Test
    void aRunThatEndsWritesItsPage() {
        assertThat(measured.resolve("run.html")).content().contains("Run vm", "LuSolveBench", "<svg");
        assertThat(measured.resolve("report.css")).exists();
    }

    @Test
    void aPageTakesASecondNativeRunAsItsNoiseFloor() throws Exception {
        copy(NATIVE, "again");

        jar.run("report", NATIVE, GUEST, "--again", "again", "--html", "site/page.html", "--no-tables")
                .exits(3)
                .prints("cannot write the page to site/page.html");
        Files.createDirectory(folder.resolve("site"));
        jar.run("report", NATIVE, GUEST, "--again", "again", "--html", "site/page.html", "--no-tables")
                .exits(0);

        assertThat(folder.resolve("site/page.html"))
                .content()
                .contains("Grey band: two native runs differ as much")
                .doesNotContain("<script", " style=");
        assertThat(folder.resolve("site/report.css")).exists();
        jar.run("report", NATIVE, GUEST, "--again", "absent").exits(3).prints("absent");
    }

    @Test
    void guestsOfATreeAreComparedAndGroupedByALabel() throws Exception {
        GeneratedNight.write(folder.resolve("tree/bare"), "bare", 0, "6.1.0", 100);
        GeneratedNight.write(folder.resolve("tree/guests/one"), "one", 0, "6.1.0", 90);
        GeneratedNight.write(folder.resolve("tree/guests/two"), "two", 0, "6.6.0", 80);

        jar.run("report", "tree/bare", "tree/guests", "--html", "page.html", "--group-by", "os.kernel")
                .exits(0)
                .prints("Efficiency against bare")
                .prints("one")
                .prints("two");

        assertThat(folder.resolve("page.html")).content().contains("6.1.0", "6.6.0");
        jar.run("report", "tree", "--group-by", "no.such").exits(2).prints("--group-by");
    }

    @Test
    void whatIsNoRunIsRefused() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        jar.run("report", empty.toString()).exits(3).prints("is no run: expected results.json or journal.jsonl");
        jar.run("report", "absent").exits(3).prints("absent");
        jar.run("report").exits(2);
        jar.run("report", "native", "--cvs", "x").exits(2).prints("did you mean --csv?");
        jar.run("report", "native", "--csv", "no/such/folder.csv").exits(3).prints("cannot write the report");
    }
}
