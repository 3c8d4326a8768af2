package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.parts.RunningProgram;
import dev.tare.runs.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights in the store of the packaged jar. */
final class HistoryIT {
    private static final int NIGHTS = 40;
    private static final int STEP_AT = 30;

    @TempDir
    Path folder;

    private BenchmarksJar jar;

    @BeforeEach
    void prepare() {
        jar = new BenchmarksJar(folder);
    }

    /** A step of 10 % for the worse, with a new kernel. */
    private void writeNights() throws IOException {
        for (int night = 0; night < NIGHTS; night++) {
            boolean before = night < STEP_AT;
            GeneratedNight.write(
                    folder.resolve("nights/" + night), "web1", night, before ? "6.1.0" : "6.1.1", before ? 100 : 90);
        }
    }

    @Test
    void aRegressionIsToldUntilItIsAcceptedOrForgotten() throws Exception {
        writeNights();
        jar.run("history", "check").exits(3).prints("history.db does not exist");
        jar.run("history", "add", "nights").exits(0).prints("40 runs added, 0 replaced, 0 known");
        jar.run("history", "add", "nights/1", "nights/2").exits(0).prints("0 runs added, 0 replaced, 2 known");

        jar.run("history", "check", "--fail-on", "regression", "--junit", "junit.xml")
                .exits(4)
                .prints("1 change in 1 series, 1 for the worse")
                .prints("since 2026-01-31T02:00:00Z")
                .prints("web1[site=rack7] dev.tare.cpu.LuSolveBench.ejml thrpt order=10")
                .prints("os.kernel: 6.1.0 -> 6.1.1");
        assertThat(folder.resolve("junit.xml")).content().contains("failures=\"1\"", "<failure message=\"worse");
        jar.run("history", "check").exits(0);
        jar.run("history", "check", "--format", "github").exits(0).prints("::error title=web1 worse::worse");
        assertThat(jar.run("history", "check", "--format", "json").exits(0).output())
                .startsWith("{\n  \"schema\" : 1,");
        jar.run("history", "html", "--out", "site").exits(0).prints("3 pages: ");
        assertThat(folder.resolve("site/index.html")).content().contains("1 change in 1 series");
        jar.run("history", "show", "ejml")
                .exits(0)
                .prints("█")
                .prints("40 nights")
                .prints("worse");

        jar.run("history", "accept", "web1", "--at", "2026-01-31", "--because", "new kernel")
                .exits(0)
                .prints("1 change accepted");
        assertThat(jar.run("history", "check", "--fail-on", "regression")
                        .exits(0)
                        .output())
                .isEqualTo("no change in 1 series, 1 accepted");
        jar.run("history", "accept", "web1", "--because", "again").exits(3).prints("got none");

        jar.run("history", "export", "--csv", "-")
                .exits(0)
                .prints(
                        "2026-01-01T02:00:00Z,web1,site=rack7,dev.tare.cpu.LuSolveBench.ejml,thrpt,1,order=10,value,score");
        jar.run("history", "export", "--otava", "otava", "--bencher", "bencher.json", "--jmh", "jmh.json")
                .exits(0)
                .prints("otava/otava.yaml");
        jar.run("report", "jmh.json").exits(0).prints("host=web1");
        jar.run("history", "export").exits(2).prints("say what is wanted");
        // Five weeks of 2026 begin before the last day of January, the first of them with a Thursday.
        jar.run("history", "forget", "--before", "2026-01-31", "--thin", "week", "--dry-run")
                .exits(0)
                .prints("25 runs would be forgotten");
        jar.run("history", "forget", "--before", "2026-01-31").exits(0).prints("30 runs forgotten");
        assertThat(jar.run("history", "check").exits(0).output()).isEqualTo("no change in 1 series");
    }

    @Test
    void anAddThatIsKilledIsMadeUpFor() throws Exception {
        int nights = 200;
        for (int night = 0; night < nights; night++) {
            GeneratedNight.write(folder.resolve("nights/" + night), "web1", night, "6.1.0", 100);
        }
        Path store = folder.resolve("history.db");
        try (RunningProgram add = jar.start("history", "add", "nights")) {
            // The tables alone take less; each night is a transaction of its own.
            while (add.process().isAlive() && (!Files.exists(store) || Files.size(store) < 100_000)) {
                Thread.onSpinWait();
            }
            add.process().destroyForcibly();
            assertThat(add.awaitExit(Duration.ofMinutes(1))).isEqualTo(137);
        }

        Matcher added = Pattern.compile("(\\d+) runs? added, 0 replaced, (\\d+) known")
                .matcher(jar.run("history", "add", "nights").exits(0).output());

        assertThat(added.find()).isTrue();
        assertThat(Integer.parseInt(added.group(1))).isPositive();
        assertThat(Integer.parseInt(added.group(1)) + Integer.parseInt(added.group(2)))
                .isEqualTo(nights);
        jar.run("history", "check").exits(0).prints("no change in 1 series");
    }

    @Test
    void aRunBecomesANightOfItsHostWhenItEnds() throws Exception {
        Path profile = Files.writeString(
                folder.resolve("short.profile"), "LuSolveBench.ejml -p order=10 -f 1 -wi 0 -i 1 -r 50ms\n");

        jar.run("run", profile.toString(), "--out", "night", "--history", "history.db")
                .exits(0)
                .prints("history: added to history.db")
                .prints("no change in 1 series");
        jar.run("run", "--resume", "night", "--history", "history.db", "--fail-on", "regression")
                .exits(0)
                .prints("history: known to history.db");
        Files.writeString(folder.resolve("text.db"), "no database\n".repeat(100));
        jar.run("run", profile.toString(), "--out", "other", "--history", "text.db")
                .exits(3)
                .prints("--history: ")
                .prints("none of SQLite's");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void whatIsBrokenIsNamedAndTheRestIsAdded() throws Exception {
        for (int night = 0; night < 200; night++) {
            GeneratedNight.write(folder.resolve("nights/" + night), "web1", night, "6.1.0", 100);
        }
        for (int broken : new int[] {7, 70, 170}) {
            Files.writeString(
                    folder.resolve("nights/" + broken + "/journal.jsonl"), "{\"kind\":\"run\",\"schema\":9}\n");
        }

        jar.run("history", "add", "nights")
                .exits(1)
                .prints("197 runs added, 0 replaced, 0 known, 3 broken")
                .prints("left out: ")
                .prints("170/journal.jsonl")
                .prints("expected schema 1");
        jar.run("history", "add", "nights/7").exits(3).prints("1 broken");

        Path journal = folder.resolve("nights/8/journal.jsonl");
        Files.writeString(journal, "damaged" + Files.readString(journal));
        Files.delete(folder.resolve("nights/9/journal.jsonl"));
        jar.run("history", "add", "nights/8", "nights/9", "nights/10")
                .exits(1)
                .prints("0 runs added, 0 replaced, 1 known, 2 broken")
                .prints("nights/8: expected a journal.jsonl whose first line tells this run from others")
                .prints("nights/9: expected a journal.jsonl whose first line tells this run from others");
    }

    @Test
    void aNightWithoutARunIsAGapWithItsReason() throws Exception {
        Files.writeString(
                folder.resolve("2026-03-01.absent.json"),
                "{\"schema\":1,\"host\":\"web3\",\"started\":\"2026-03-01T02:00:00Z\",\"reason\":\"power cut\"}");

        jar.run("history", "add", ".")
                .exits(0)
                .prints("0 runs added, 0 replaced, 0 known")
                .prints("without a run: 1 night added, 0 replaced, 0 known");
        jar.run("history", "add", "2026-03-01.absent.json")
                .exits(0)
                .prints("without a run: 0 nights added, 0 replaced, 1 known");
        jar.run("history", "check").exits(0).prints("gap: web3: did not measure on 2026-03-01T02:00:00Z: power cut");
        jar.run("history", "show", "web3").exits(0).prints("did not measure: power cut");
        jar.run("history", "show", "web4").exits(3).prints("expected a series of that name");
        Files.writeString(
                folder.resolve("2026-03-02.absent.json"),
                "{\"schema\":1,\"host\":\"web3\",\"started\":\"2026-03-02T02:00:00Z\",\"reason\":\"still no power\"}");
        Files.writeString(
                folder.resolve("2026-03-03.absent.json"),
                "{\"schema\":1,\"host\":\"web3\",\"started\":\"2026-03-03T02:00:00Z\",\"reason\":\"still no power\"}");
        jar.run("history", "add", ".").exits(0).prints("2 nights added");
        // The first of March is a Sunday, the other two begin a week, of which the first stays.
        jar.run("history", "forget", "--host", "web3", "--thin", "week")
                .exits(0)
                .prints("0 runs and 1 night without one forgotten");
        jar.run("history", "forget", "--host", "web3").exits(0).prints("0 runs and 2 nights without one forgotten");
        assertThat(jar.run("history", "check").exits(0).output()).isEqualTo("no change in 0 series");

        Files.delete(folder.resolve("2026-03-02.absent.json"));
        Files.delete(folder.resolve("2026-03-03.absent.json"));
        Files.writeString(folder.resolve("2026-03-01.absent.json"), "{}");
        jar.run("history", "add", ".").exits(3).prints("1 broken").prints("expected schema 1, got none");
    }

    @Test
    void plainJsonOfJmhNeedsItsTimeAndItsHost() throws Exception {
        Configuration configuration = new Configuration("org.other.Bench.run", "thrpt", 1, new TreeMap<>());
        Files.writeString(
                folder.resolve("jmh.json"),
                new ObjectMapper()
                        .createArrayNode()
                        .add(GeneratedNight.jmh(configuration, 5))
                        .toString());

        jar.run("history", "add", "jmh.json").exits(3).prints("give --label host=NAME");
        jar.run("history", "add", "jmh.json", "--label", "host=a").exits(3).prints("give --time");
        jar.run("history", "add", "jmh.json", "--label", "host=a", "--time", "yesterday")
                .exits(2)
                .prints("expected a time with its offset");
        jar.run("history", "add", "jmh.json", "--label", "host=a", "--time", "2026-03-01T02:00:00Z")
                .exits(0)
                .prints("1 run added");
        jar.run("history", "show")
                .exits(0)
                .prints("a org.other.Bench.run thrpt")
                .prints("5.000 ops/s");
    }

    @Test
    void whatIsWrongIsSaidInWords() throws Exception {
        Files.writeString(folder.resolve("text.db"), "no database\n".repeat(100));

        jar.run("history").exits(2).prints("expected add, check, show, html, accept, forget or export");
        jar.run("history", "check", "--store", "text.db").exits(3).prints("none of SQLite's");
        jar.run("history", "check", "--fail-on", "noise").exits(2).prints("history check --help");
        jar.run("history", "forget").exits(2).prints("say which runs are meant");
        jar.run("history", "check", "--store", "jdbc:postgresql://127.0.0.1:1/x?password=secret")
                .exits(3)
                .prints("PostgreSQL does not answer");
        jar.run("history", "check", "--help").exits(0).prints("--fail-on=regression|change|never");
    }
}
