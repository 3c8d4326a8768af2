package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunJournalTest {
    private static final String JMH = """
            {"benchmark":"example.Bench.up","mode":"thrpt","threads":1,"forks":1,"measurementIterations":1,
            "params":{"size":"%s"},"primaryMetric":{"score":%s,"scoreUnit":"ops/s","rawData":[[%s]]},"secondaryMetrics":{}}
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void whatIsAppendedIsReadAgain() throws Exception {
        write(entry("1", 2, 1, 5.0, "{\"iteration\":1,\"stealPercent\":0.5}"));

        Run run = Run.read(folder);

        assertThat(run.header()).map(RunHeader::jvmFlags).contains(List.of("-Xmx2g"));
        Measurement measurement = run.measurements().get(0);
        assertThat(measurement.primary().byRound()).containsExactly(Map.entry(2, 5.0));
        ForkRecord fork = measurement.forkRecords().get(0);
        assertThat(fork.facts()).containsEntry("clock", "remote");
        assertThat(fork.iterations().get(0).number("stealPercent")).hasValue(0.5);
        assertThat(fork.histograms().get("response"))
                .extracting(one -> one.decoded().getMaxValue())
                .isEqualTo(7L);
        try (RunJournal journal = RunJournal.resume(file)) {
            assertThat(journal.has(configuration("1"), 2)).isTrue();
            assertThat(journal.has(configuration("1"), 1)).isFalse();
        }
    }

    @Test
    void aDamagedHistogramIsRefusedInWords() throws Exception {
        write(entry("1", 1, 1, 5.0, "{}"), entry("1", 2, 1, 6.0, "{}"));
        String whole = Files.readString(file);
        int last = whole.lastIndexOf("\"HISTF");
        Files.writeString(file, whole.substring(0, last + 9) + "AAAA" + whole.substring(last + 13));

        assertThatThrownBy(() -> Run.read(folder))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining("line 3.histograms.response: expected a histogram as HdrHistogram encodes it");
    }

    @Test
    void thePlanIsKeptAndTellsWhichForksTheRunLacks() throws Exception {
        write(entry("1", 2, 1, 5.0, "{}"));

        Run run = Run.read(folder);

        assertThat(run.header().orElseThrow().planned())
                .containsOnly(Map.entry(configuration("1"), 3), Map.entry(configuration("2"), 1));
        assertThat(run.missingForks())
                .containsExactlyInAnyOrder(
                        "example.Bench.up thrpt size=1: 1 of 3 planned forks",
                        "example.Bench.up thrpt size=2: 0 of 1 planned fork");
    }

    @Test
    void anyCutLosesAtMostTheLineItHits() throws Exception {
        write(entry("1", 1, 1, 5.0, "{}"), entry("1", 2, 1, 6.0, "{}"), entry("1", 3, 1, 7.0, "{}"));
        byte[] whole = Files.readAllBytes(file);
        List<Integer> lineEnds = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                lineEnds.add(i + 1);
            }
        }

        for (int cut = lineEnds.get(1); cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            // A line that lacks its end only is whole.
            assertThat(Run.read(folder)
                            .measurements()
                            .get(0)
                            .primary()
                            .byRound()
                            .keySet())
                    .as("read, cut at byte %d", cut)
                    .containsExactlyElementsOf(roundsUpTo(cut + 1, lineEnds));
            try (RunJournal journal = RunJournal.resume(file)) {
                int missingFrom = roundsUpTo(cut + 1, lineEnds).size() + 1;
                assertThat(IntStream.rangeClosed(1, 3).filter(round -> !journal.has(configuration("1"), round)))
                        .as("resumed, cut at byte %d", cut)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(missingFrom, 3).boxed().toList());
            }
        }
    }

    @Test
    void aLineThatLacksItsEndOnlyIsKeptAndEnded() throws Exception {
        write(entry("1", 1, 1, 5.0, "{}"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        try (RunJournal journal = RunJournal.resume(file)) {
            assertThat(journal.has(configuration("1"), 1)).isTrue();
        }
        assertThat(file).hasBinaryContent(whole);
    }

    private static List<Integer> roundsUpTo(int bytes, List<Integer> lineEnds) {
        return IntStream.rangeClosed(1, 3)
                .filter(round -> lineEnds.get(round) <= bytes)
                .boxed()
                .toList();
    }

    @Test
    void ofSeveralAttemptsTheCleanestCounts() throws Exception {
        write(
                entry("1", 1, 1, 5.0, "{\"contaminated\":true}"),
                entry("1", 1, 2, 6.0, "{\"contaminated\":false}"),
                entry("1", 1, 3, 7.0, "{\"contaminated\":true}"));

        assertThat(Run.read(folder).measurements().get(0).primary().forkScores())
                .containsExactly(6.0);
        try (RunJournal journal = RunJournal.resume(file)) {
            assertThat(journal.results()).contains("6.0").doesNotContain("7.0");
        }
    }

    @Test
    void configurationsAreComparedPartByPart() throws Exception {
        try (RunJournal journal = RunJournal.create(file, header())) {
            journal.append(new Failure(configuration("1"), 11, "first"));
            journal.append(new Failure(configuration("11"), 1, "second"));
            journal.append(entry("2", 1, 1, 5.0, "{}"));
        }

        assertThat(Run.read(folder).failures()).extracting(Failure::message).containsExactly("first", "second");
    }

    @Test
    void aLineThatACrashCutShortIsCutOff() throws Exception {
        write(entry("1", 1, 1, 5.0, "{}"));
        long complete = Files.size(file);
        Files.writeString(file, "{\"kind\":\"fork\",\"conf", StandardOpenOption.APPEND);

        try (RunJournal journal = RunJournal.resume(file)) {
            assertThat(journal.has(configuration("1"), 1)).isTrue();
        }
        assertThat(file).hasSize(complete);
    }

    @Test
    void aBrokenLineANewerSchemaAndAForeignFileAreRefused() throws Exception {
        write(entry("1", 1, 1, 5.0, "{}"));
        String whole = Files.readString(file);

        Files.writeString(file, whole + "no json\n");
        assertRefused("line 3");
        Files.writeString(file, whole.replace("\"schema\":1", "\"schema\":2"));
        assertRefused("expected schema 1");
        assertThatThrownBy(() -> Run.read(folder)).hasMessageContaining("expected schema 1");
        Files.writeString(file, "{\"kind\":\"else\"}\n");
        assertRefused("no journal of a run that can be resumed");
    }

    @Test
    void stringsBeyondJacksonsLimitAreReadBack() throws Exception {
        ForkEntry entry = entry("1", 1, 1, 5.0, "{}");
        write(new ForkEntry(
                entry.configuration(),
                1,
                1,
                entry.started(),
                1,
                Map.of("long", "x".repeat(20_000_001)),
                List.of(),
                Map.of(),
                entry.result()));

        try (RunJournal journal = RunJournal.resume(file)) {
            assertThat(journal.has(configuration("1"), 1)).isTrue();
        }
    }

    @Test
    void aLockIsHeldOnceAndNamesItsHolder() throws Exception {
        Path lock = folder.resolve("lock");
        try (FolderLock first = FolderLock.take(lock, "process 4711").orElseThrow()) {
            assertThat(FolderLock.take(lock, "process 4712")).isEmpty();
            assertThat(FolderLock.holder(lock)).isEqualTo("process 4711");
            assertThat(first).isNotNull();
        }
        FolderLock.take(lock, "process 4712").orElseThrow().close();
        assertThat(FolderLock.holder(lock)).isEqualTo("process 4712");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> RunJournal.resume(file))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining(message);
    }

    private void write(ForkEntry... entries) throws Exception {
        try (RunJournal journal = RunJournal.create(file, header())) {
            for (ForkEntry entry : entries) {
                journal.append(entry);
            }
        }
    }

    private static RunHeader header() {
        return new RunHeader(
                "0.1",
                "2026-01-02T03:04:05Z",
                "mine",
                "Bench",
                "",
                List.of(),
                Map.of(configuration("1"), 3, configuration("2"), 1),
                Map.of("site", "rack7"),
                List.of("-Xmx2g"),
                1,
                5,
                0,
                new Fingerprint("aa", "17", "vm"));
    }

    private static Configuration configuration(String size) {
        return new Configuration("example.Bench.up", "thrpt", 1, new TreeMap<>(Map.of("size", size)));
    }

    private static String histogram() {
        Histogram histogram = new Histogram(3);
        histogram.recordValue(7);
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    private static ForkEntry entry(String size, int round, int attempt, double score, String iteration)
            throws Exception {
        ObjectMapper json = new ObjectMapper();
        return new ForkEntry(
                configuration(size),
                round,
                attempt,
                "2026-01-02T03:04:05Z",
                1.5,
                Map.of("clock", "remote"),
                List.of(iteration),
                Map.of("response", histogram()),
                new ForkJson(json.readTree(JMH.formatted(size, score, score)), json.createObjectNode()));
    }
}
