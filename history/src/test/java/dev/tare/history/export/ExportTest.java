package dev.tare.history.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.history.check.SeriesBook;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.WrittenNight;
import dev.tare.runs.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs are given, by the rules that they have for it. */
final class ExportTest {
    @TempDir
    Path folder;

    private HistoryStore store;
    private List<WatchedSeries> series;

    /** A native host and a guest; one benchmark of the guest's lacks the night in which it was disturbed. */
    @BeforeEach
    void fillStore() throws StoreException {
        store = HistoryStore.openOrMake(folder.resolve("history.db").toString());
        for (int night = 0; night < 5; night++) {
            store.add(new WrittenNight("metal", night)
                    .ofNative()
                    .value("a.B.c", 100 + night, 102 + night, 98 + night)
                    .run());
            WrittenNight guest = new WrittenNight("vm", night)
                    .value("a.B.c", "iterations 5", Map.of(2, "contaminated"), 90 + night, 10, 92 + night);
            store.add((night == 2 ? guest.contaminated("a.B.d", 7) : guest.value("a.B.d", 7.5)).run());
        }
        series = new SeriesBook(store).all(any -> true);
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    @Test
    void otavaGetsTablesWithoutGapsAndATestForEach() throws Exception {
        List<Path> files = OtavaFiles.write(folder.resolve("otava"), series);

        String yaml = Files.readString(files.get(0));
        assertThat(files.get(0)).hasFileName("otava.yaml");
        List<Path> tables = files.subList(1, files.size());
        assertThat(tables)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("metal-1.csv", "vm-1.csv", "vm-2.csv");
        for (Path table : tables) {
            assertThat(yaml).contains("file: \"" + table.toAbsolutePath() + "\"");
            List<String> lines = Files.readAllLines(table);
            assertThat(lines.get(0)).startsWith("time,m1");
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                assertThat(OffsetDateTime.parse(cells[0])).isNotNull();
                assertThat(cells).hasSameSizeAs(lines.get(0).split(",")).doesNotContain("");
            }
        }
        assertThat(Files.readAllLines(tables.get(2))).hasSize(5);
        // The guest's value and its efficiency have the same nights.
        assertThat(yaml)
                .contains("\"vm a.B.c thrpt order=10\":\n        column: m1\n        direction: 1")
                .contains("\"vm a.B.c thrpt order=10 efficiency\":\n        column: m2");
    }

    @Test
    void bencherGetsTheLastNightWithTheIntervalOfTheForksThatCount() throws Exception {
        JsonNode metrics = new ObjectMapper().readTree(LastNightJson.bencher(store, series));

        JsonNode value = metrics.path("vm a.B.c thrpt order=10").path("rateGflops");
        assertThat(value.path("value").asDouble()).isBetween(94.9, 95.1);
        assertThat(value.path("lower_value").asDouble()).isLessThan(95);
        assertThat(value.path("upper_value").asDouble()).isGreaterThan(95);
        assertThat(metrics.path("vm a.B.c thrpt order=10 efficiency")
                        .path("efficiency")
                        .has("lower_value"))
                .isFalse();
        assertThat(metrics.path("vm a.B.d thrpt order=10").path("rateGflops").has("lower_value"))
                .as("one fork")
                .isFalse();
    }

    @Test
    void jmhsJsonIsReadAsJmhsOwn() throws Exception {
        Path file = Files.writeString(folder.resolve("jmh.json"), LastNightJson.jmh(store, series));

        Run run = Run.read(file);
        List<String> read = new ArrayList<>();
        run.measurements()
                .forEach(one -> read.add(one.configuration().params().get("host") + " "
                        + one.configuration().benchmark() + " "
                        + one.primary().byRound().size()));
        assertThat(read).containsExactlyInAnyOrder("metal a.B.c 3", "vm a.B.c 2", "vm a.B.d 1");
    }

    @Test
    void csvHasAllNightsAlsoThoseThatDoNotCount() {
        String csv = SeriesCsv.of(series);

        assertThat(csv.lines()).hasSize(1 + 5 + 5 + 5 + 5);
        assertThat(csv)
                .contains("2026-01-03T02:00:00Z,vm,,a.B.d,thrpt,1,order=10,value,rateGflops,GFLOP/s,,contaminated");
    }
}
