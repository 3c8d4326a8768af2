package dev.tare.history.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tare.history.night.AbsentNight;
import dev.tare.history.night.NightRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a file of SQLite. */
final class HistoryStoreTest {
    @TempDir
    Path folder;

    private String file() {
        return folder.resolve("history.db").toString();
    }

    private static NightRun night(int number, double... forks) {
        return new WrittenNight("web1", number).value("a.B.c", forks).run();
    }

    @Test
    void aNightIsReadAsItWasAdded() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            assertThat(store.add(night(0, 2, 8))).isEqualTo(AddOutcome.ADDED);
        }
        try (HistoryStore store = HistoryStore.open(file())) {
            StoredSeries series = store.series().get(0);
            assertThat(series.host()).isEqualTo("web1");
            assertThat(series.unit()).isEqualTo("GFLOP/s");
            assertThat(series.configuration().params()).containsEntry("order", "10");
            StoredPoint point = store.points(series.id()).get(0);
            assertThat(point.started()).isEqualTo(WrittenNight.FIRST);
            assertThat(point.value().getAsDouble()).as("geometric mean").isCloseTo(4, within(1e-12));
            assertThat(store.settings(point.settingsId())).isEqualTo("iterations 5");
            assertThat(store.environment(point.runId())).containsEntry("os.kernel", "6.1.0");
        }
    }

    @Test
    void addingTwiceChangesNothingAndARunThatWentOnIsReplaced() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            store.add(night(0, 2));
            assertThat(store.add(night(0, 2))).isEqualTo(AddOutcome.KNOWN);
            assertThat(store.add(night(0, 2, 2))).isEqualTo(AddOutcome.REPLACED);
            assertThat(store.runs()).hasSize(1);
            assertThat(store.points(store.series().get(0).id())).hasSize(1);
        }
    }

    @Test
    void whatIsDamagedAfterItWasAddedChangesNothing() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            store.add(night(0, 2, 3));
            assertThat(store.add(night(0, 2))).as("a fork is lost").isEqualTo(AddOutcome.KEPT);
            assertThat(store.add(damagedNight(0, 2, 4)))
                    .as("another attempt counts")
                    .isEqualTo(AddOutcome.KEPT);
            assertThat(store.add(underAnotherKey(night(0, 2, 3))))
                    .as("its start is another")
                    .isEqualTo(AddOutcome.KNOWN);
            assertThat(store.add(damagedNight(0, 2, 3, 4))).as("has gone on").isEqualTo(AddOutcome.REPLACED);
            assertThat(store.add(night(0, 2, 3, 5))).as("is whole again").isEqualTo(AddOutcome.REPLACED);
            assertThat(store.points(store.series().get(0).id())).hasSize(1);
        }
    }

    private static NightRun underAnotherKey(NightRun night) {
        return new NightRun(
                "another",
                night.source(),
                night.host(),
                night.labels(),
                night.started().plusSeconds(1),
                night.environment(),
                night.values(),
                night.warnings());
    }

    private static NightRun damagedNight(int number, double... forks) {
        return new WrittenNight("web1", number)
                .damaged("journal.jsonl line 2 is broken")
                .value("a.B.c", forks)
                .run();
    }

    @Test
    void nightsComeInAnyOrderAndAreReadInThatOfTime() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            for (int number : new int[] {3, 0, 2, 1}) {
                store.add(night(number, number + 1));
            }
            assertThat(store.points(store.series().get(0).id()))
                    .extracting(point -> Math.round(point.value().orElseThrow()))
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void aNightWithoutACleanForkHasNoValueButAReason() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            store.add(new WrittenNight("web1", 0).contaminated("a.B.c", 2, 2).run());
            StoredPoint point = store.points(store.series().get(0).id()).get(0);
            assertThat(point.value()).isEmpty();
            assertThat(point.excluded()).isEqualTo("contaminated");
        }
    }

    @Test
    void twoThatAddAtOnceWaitForEachOther() throws InterruptedException, StoreException {
        HistoryStore.openOrMake(file()).close();
        ExecutorService adders = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int adder = 0; adder < 2; adder++) {
                int first = adder * 20;
                tasks.add(() -> {
                    try (HistoryStore store = HistoryStore.openOrMake(file())) {
                        for (int number = first; number < first + 25; number++) {
                            store.add(night(number, 2));
                        }
                    }
                    return first;
                });
            }
            for (Future<Integer> done : adders.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("an adder failed", e);
        } finally {
            adders.shutdown();
        }
        try (HistoryStore store = HistoryStore.open(file())) {
            assertThat(store.runs()).hasSize(45);
            assertThat(store.series()).hasSize(1);
        }
    }

    @Test
    void whatIsForgottenLeavesNothingBehind() throws StoreException, SQLException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            store.add(night(0, 2));
            store.add(new WrittenNight("web2", 0).value("x.Y.z", 1).run());
            store.add(absent(0, "no clock"));
            store.add(absent(1, "no clock"));
            store.accept(List.of(new AcceptedChange(1, "VALUE", WrittenNight.FIRST, "known")));
            store.forget(
                    store.runs().stream()
                            .filter(run -> run.host().equals("web1"))
                            .toList(),
                    List.of(absent(0, "no clock")));
            assertThat(store.series()).extracting(StoredSeries::host).containsExactly("web2");
            assertThat(store.accepted()).isEmpty();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String table : List.of("run", "series", "configuration", "point", "absent")) {
                assertThat(statement
                                .executeQuery("SELECT COUNT(*) FROM " + table)
                                .getInt(1))
                        .as(table)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void acceptedChangesAreKeptWithTheirNewestReason() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            store.add(night(0, 2));
            long series = store.series().get(0).id();
            store.accept(List.of(new AcceptedChange(series, "VALUE", WrittenNight.FIRST, "first")));
            store.accept(List.of(new AcceptedChange(series, "VALUE", WrittenNight.FIRST, "second")));
            assertThat(store.accepted()).extracting(AcceptedChange::because).containsExactly("second");
        }
    }

    private static AbsentNight absent(int number, String reason) {
        return new AbsentNight("web1", WrittenNight.FIRST.plusSeconds(number * 86_400L), reason);
    }

    @Test
    void whyThereIsNoRunIsKeptOnceWithItsNewestReason() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            assertThat(store.add(absent(1, "no clock"))).isEqualTo(AddOutcome.ADDED);
            assertThat(store.add(absent(1, "no clock"))).isEqualTo(AddOutcome.KNOWN);
            assertThat(store.add(absent(0, "no space"))).isEqualTo(AddOutcome.ADDED);
            assertThat(store.add(absent(1, "power cut"))).isEqualTo(AddOutcome.REPLACED);
            assertThat(store.absent()).containsExactly(absent(0, "no space"), absent(1, "power cut"));
        }
    }

    @Test
    void aStoreOfALaterVersionIsRefused() throws StoreException, SQLException {
        HistoryStore.openOrMake(file()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE tare_schema SET version = 2");
        }
        refuses(file(), "expected schema 1, which this version of Tare reads and writes, got 2");
    }

    @Test
    void whatIsNoStoreIsRefusedInWords() throws IOException, StoreException {
        refuses(folder.resolve("absent.db").toString(), "does not exist; expected the store that 'history add' made");
        assertThat(folder.resolve("absent.db")).doesNotExist();

        Path text = Files.writeString(folder.resolve("text.db"), "no database at all, but long enough\n".repeat(100));
        refuses(text.toString(), "got a file that is none of SQLite's");
        assertThatThrownBy(() -> HistoryStore.openOrMake(text.toString())).isInstanceOf(StoreException.class);

        refuses("jdbc:mysql://db/tare?password=secret", "expected a file, or jdbc:postgresql:");
    }

    @Test
    void aDamagedFileIsRefusedInWords() throws IOException, StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(file())) {
            for (int number = 0; number < 50; number++) {
                store.add(night(number, 2, 3, 4));
            }
        }
        byte[] bytes = Files.readAllBytes(Path.of(file()));
        for (int i = 4096; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Files.write(Path.of(file()), bytes);

        refuses(file(), "the file is damaged");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() {
        refuses(
                "jdbc:postgresql://127.0.0.1:1/tare?user=me&password=secret",
                "jdbc:postgresql://127.0.0.1:1/tare: PostgreSQL does not answer");
    }

    private static void refuses(String location, String message) {
        assertThatThrownBy(() -> {
                    try (HistoryStore store = HistoryStore.open(location)) {
                        store.series();
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }
}
