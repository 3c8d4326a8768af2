package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
    @TempDir
    private Path folder;

    private static WrittenResult triad() {
        return WrittenResult.throughput("dev.tare.mem.StreamBench.triad")
                .param("arrayBytes", "1048576")
                .forks(10.0, 11.0, 12.0)
                .counter("bandwidthMBps", "ops/s", 100.0, 110.0, 120.0);
    }

    private WrittenRun run() throws IOException {
        return new WrittenRun(folder.resolve("native"));
    }

    private static Measurement only(Run run) {
        assertThat(run.measurements()).hasSize(1);
        return run.measurements().get(0);
    }

    @Test
    void aFinishedRunHasResultsFactsAndEnvironment() throws Exception {
        WrittenRun written = run().results(triad())
                .journalHead()
                .forks(triad(), Map.of("kernel", "vector"))
                .environment(Map.of("os", Map.of("name", "Linux"), "a section of later", Map.of("key", "unknown")));
        Run run = Run.read(written.folder());
        assertThat(run.name()).isEqualTo("native");
        assertThat(run.ended()).isTrue();
        assertThat(run.failures()).isEmpty();
        assertThat(run.warnings()).isEmpty();
        assertThat(only(run).primary().forkScores()).containsExactly(10.0, 11.0, 12.0);
        assertThat(only(run).facts().get("kernel")).containsExactly("vector");
        assertThat(run.environment().fact("os.name")).contains("Linux");
        assertThat(run.environment().section("a section of later"))
                .isEqualTo(Map.of("a section of later.key", Environment.UNKNOWN));
    }

    @Test
    void aRunThatCrashedIsReadFromItsJournal() throws Exception {
        WrittenRun written = run().journalHead().forks(triad(), Map.of());
        Run run = Run.read(written.folder());
        assertThat(only(run).primary().forkScores()).containsExactly(10.0, 11.0, 12.0);
        assertThat(run.ended()).isFalse();
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("results.json is absent: the run did not end"));
    }

    @Test
    void aLineThatWasCutOffCostsItsForkOnly() throws Exception {
        WrittenRun written =
                run().journalHead().forks(triad(), Map.of()).raw("{\"kind\":\"fork\",\"configuration\":\"dev.ta");
        Run run = Run.read(written.folder());
        assertThat(only(run).forks()).isEqualTo(3);
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("line 5 is cut off"));
    }

    @Test
    void aLineCutInTheMiddleOfACharacterIsLeftOutToo() throws Exception {
        WrittenRun written = run().journalHead().forks(triad(), Map.of());
        Path journal = written.folder().resolve("journal.jsonl");
        byte[] half = {'{', '"', (byte) 0xc3};
        Files.write(journal, half, StandardOpenOption.APPEND);
        assertThat(only(Run.read(written.folder())).forks()).isEqualTo(3);
    }

    @Test
    void aBrokenLineInTheMiddleIsLeftOutWithItsNumber() throws Exception {
        WrittenRun written = run().journalHead()
                .fork(triad(), 0, 1, Map.of())
                .line("{\"kind\":\"fo{\"kind\":")
                .fork(triad(), 1, 2, Map.of());
        Run run = Run.read(written.folder());
        assertThat(only(run).primary().forkScores()).containsExactly(10.0, 11.0);
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("line 3 is broken and left out"));
    }

    @Test
    void twoLinesWrittenIntoOneAreLeftOut() throws Exception {
        WrittenRun written = run().journalHead().fork(triad(), 0, 1, Map.of());
        String head = "{\"kind\":\"later\"}";
        Run run = Run.read(written.line(head + head).folder());
        assertThat(only(run).forks()).isEqualTo(1);
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("line 3"));
    }

    @Test
    void aForkWithoutIterationsIsNamedByItsNumber() throws Exception {
        String json = "[" + triad().json() + "]";
        Path file = Files.writeString(
                folder.resolve("gap.json"), json.replace("[[10.0],[11.0],[12.0]]", "[[10.0],[],[12.0]]"));
        Measurement measurement = only(Run.read(file));
        assertThat(measurement.remarks()).containsExactly("fork 2 has 0 of 1 iteration");
        assertThat(measurement.primary().forkScores()).containsExactly(10.0, 12.0);
    }

    @Test
    void forksThatResultsLackComeFromTheJournal() throws Exception {
        WrittenResult half = WrittenResult.throughput("dev.tare.mem.StreamBench.triad")
                .param("arrayBytes", "1048576")
                .forks(10.0);
        WrittenRun written = run().results(half).journalHead().forks(triad(), Map.of());
        Run run = Run.read(written.folder());
        assertThat(only(run).forks()).isEqualTo(3);
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("lacks 2 forks that the journal has"));
    }

    @Test
    void resultsWithMoreForksThanABrokenJournalKeepThemAndTakeItsFacts() throws Exception {
        WrittenRun written = run().results(triad())
                .journalHead()
                .fork(triad(), 0, 1, Map.of("kernel", "vector"))
                .raw("{\"kind\":\"fork\",\"configuration\":{\"bench");
        Measurement measurement = only(Run.read(written.folder()));
        assertThat(measurement.forks()).isEqualTo(3);
        assertThat(measurement.facts()).containsKey("kernel");
    }

    @Test
    void anIntactJournalWinsOverResultsWithMoreForks() throws Exception {
        WrittenRun written = run().results(triad()).journalHead().fork(triad(), 0, 2, Map.of());
        Run run = Run.read(written.folder());
        assertThat(only(run).primary().byRound()).containsExactly(Map.entry(2, 10.0));
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("has 2 forks that the journal lacks"));
    }

    @Test
    void forksThatDisagreeAboutAFactAreBothHeard() throws Exception {
        WrittenRun written = run().journalHead()
                .fork(triad(), 0, 1, Map.of("direct", "yes"))
                .fork(triad(), 1, 2, Map.of("direct", "no"));
        assertThat(only(Run.read(written.folder())).facts().get("direct")).containsExactly("no", "yes");
    }

    @Test
    void aFailureMakesTheRunIncompleteUnlessItsRoundWasMadeUpFor() throws Exception {
        WrittenRun written = run().results(triad())
                .journalHead()
                .fork(triad(), 0, 1, Map.of())
                .failure(triad(), 2, "expected a residual below 16, got NaN")
                .failure(triad(), 3, "no space left on device")
                .fork(triad(), 2, 3, Map.of());
        Run run = Run.read(written.folder());
        assertThat(run.failures())
                .extracting(Failure::round, Failure::message)
                .containsExactly(tuple(2, "expected a residual below 16, got NaN"));
    }

    @Test
    void aRoundThatIsThereTwiceCountsOnce() throws Exception {
        WrittenRun written = run().journalHead().fork(triad(), 0, 1, Map.of()).fork(triad(), 1, 1, Map.of());
        Run run = Run.read(written.folder());
        assertThat(only(run).primary().forkScores()).containsExactly(10.0);
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("is there twice"));
    }

    @Test
    void aRoundMeasuredInAnotherWayIsLeftOut() throws Exception {
        WrittenResult otherJdk = triad().setting("jdkVersion", "25.0.1");
        WrittenRun written = run().journalHead().fork(triad(), 0, 1, Map.of()).fork(otherJdk, 1, 2, Map.of());
        Run run = Run.read(written.folder());
        assertThat(only(run).primary().forkScores()).containsExactly(10.0);
        assertThat(run.warnings()).anyMatch(warning -> warning.contains("was measured in another way"));
    }

    @Test
    void aValueThatAProfilerGivesOncePerForkIsKnownPerForkFromTheJournal() throws Exception {
        WrittenResult withMaximum = triad().counter("responseMaxUs", "us");
        WrittenRun written = run().journalHead();
        for (int fork = 0; fork < 2; fork++) {
            String line = "{\"kind\":\"fork\",\"configuration\":" + withMaximum.configuration() + ",\"round\":"
                    + (fork + 1) + ",\"jmh\":"
                    + withMaximum
                            .fork(fork)
                            .toString()
                            .replaceAll("(\"responseMaxUs\":\\{\"score\":)\"NaN\"", "$1" + (fork + 7) + ".5")
                    + "}";
            written.line(line);
        }
        Metric maximum = Objects.requireNonNull(
                only(Run.read(written.folder())).secondary().get("responseMaxUs"), "responseMaxUs");
        assertThat(maximum.forkScores()).containsExactly(7.5, 8.5);
    }

    @Test
    void severalRunsGetNamesThatDiffer() throws Exception {
        Path first = new WrittenRun(folder.resolve("a/run")).results(triad()).folder();
        Path second = new WrittenRun(folder.resolve("b/run")).results(triad()).folder();
        assertThat(Run.readAll(List.of(first, second))).extracting(Run::name).containsExactly("a/run", "b/run");
        assertThat(Run.readAll(List.of(first, first))).extracting(Run::name).containsExactly("run (1)", "run (2)");
    }

    @Test
    void whatIsNoRunIsRefusedWithWhatToDo() throws Exception {
        assertRefused(folder.resolve("nowhere"), "does not exist; expected the folder of a run or a JSON file");
        assertRefused(folder, "is no run: expected results.json or journal.jsonl");
        Path text = Files.writeString(folder.resolve("notes.txt"), "LU solve: 12 s");
        assertRefused(text, "broken JSON in line 1, column 1");
        Path empty = Files.writeString(folder.resolve("empty.json"), "");
        assertRefused(empty, "expected JMH's JSON, an array of results, got an empty file");
        Path object = Files.writeString(folder.resolve("object.json"), "{\"score\": 1}");
        assertRefused(object, "expected JMH's JSON, an array of results, got something else");
        Path nothing = Files.writeString(folder.resolve("nothing.json"), "[]");
        assertRefused(nothing, "holds no results: no fork was finished");
        Path more = Files.writeString(folder.resolve("more.json"), "[" + triad().json() + "] []");
        assertRefused(more, "expected nothing after the array");
        Path twice = WrittenRun.jmhFile(folder.resolve("twice.json"), triad(), triad());
        assertRefused(twice, "is there twice");
    }

    @Test
    void aFileCutOffNamesThePlace() throws Exception {
        String whole = triad().json().toPrettyString();
        Path cut = Files.writeString(folder.resolve("cut.json"), "[" + whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> Run.read(cut))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining(cut.toString())
                .hasMessageMatching("(?s).*broken JSON in line \\d+, column \\d+: .*");
    }

    @Test
    void aWrongValueNamesItsPathAndWhatWasExpected() throws Exception {
        String whole = "[" + triad().json() + "]";
        assertRefused(whole.replace("\"threads\":1", "\"threads\":\"max\""), "[0].threads: expected a whole number");
        assertRefused(whole.replace("\"threads\":1", "\"threads\":0"), "[0].threads: expected at least one thread");
        assertRefused(whole.replace("\"benchmark\":", "\"bench\":"), "[0]: expected the key 'benchmark'");
        assertRefused(
                whole.replace("[12.0]", "[\"fast\"]"),
                "[0].primaryMetric.rawData[2][0]: expected a number, got \"fast\"");
        assertRefused(
                whole.replace("\"params\":{", "\"params\":[{").replace("},\"primary", "}],\"primary"),
                "[0].params: expected an object, got [");
        assertRefused(whole.replaceFirst("\"rawData\":", "\"rawDataHistogram\":"), "expected an array, got 10.0");
    }

    @Test
    void aJournalOfFailuresAloneIsNoRun() throws Exception {
        WrittenRun written = run().journalHead().failure(triad(), 1, "no space left on device");
        assertRefused(written.folder(), "every fork failed, the first with: no space left on device");
        written.results();
        assertRefused(written.folder(), "every fork failed, the first with: no space left on device");
    }

    @Test
    void anEnvironmentThatIsNoJsonIsRefused() throws Exception {
        WrittenRun written = run().results(triad());
        Files.writeString(written.folder().resolve("environment.json"), "{\"os\": {");
        assertRefused(written.folder(), "environment.json: broken JSON in line 1");
        Files.writeString(written.folder().resolve("environment.json"), "[1]");
        assertRefused(written.folder(), "environment.json: expected an object, got [1]");
    }

    private void assertRefused(String json, String message) throws IOException {
        assertRefused(Files.writeString(folder.resolve("wrong.json"), json), message);
    }

    private static void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> Run.read(path))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(message);
    }
}
