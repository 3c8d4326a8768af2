package dev.tare.history.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.night.AbsentNight;
import dev.tare.parts.Postgres;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store on a real PostgreSQL. */
@RequiresProgram(value = "pg_lsclusters", debianPackage = "postgresql")
final class PostgresIT {
    private Postgres server;

    @BeforeEach
    void startServer() throws IOException, InterruptedException {
        server = Postgres.start();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void severalHostsAddAtOnceAndTheirChangesAreFound() throws Exception {
        ExecutorService hosts = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (String host : List.of("web1", "web2")) {
                tasks.add(() -> addNights(host));
            }
            for (Future<Integer> done : hosts.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("an adder failed", e);
        } finally {
            hosts.shutdown();
        }
        try (HistoryStore store = HistoryStore.open(server.urlWithCredentials())) {
            assertThat(store.runs()).hasSize(80);
            assertThat(store.add(new WrittenNight("web1", 0).value("a.B.c", 100).run()))
                    .isEqualTo(AddOutcome.REPLACED);
            HistoryCheck check = HistoryCheck.of(store, ChangeRule.DEFAULT, series -> true);
            assertThat(check.series()).isEqualTo(2);
            assertThat(check.news())
                    .extracting(finding -> finding.series().stored().host())
                    .containsExactly("web1", "web2");
            store.accept(check.news().stream()
                    .map(finding -> new AcceptedChange(
                            finding.series().stored().id(),
                            "VALUE",
                            finding.first().started(),
                            "known"))
                    .toList());
            assertThat(HistoryCheck.of(store, ChangeRule.DEFAULT, series -> true)
                            .news())
                    .isEmpty();
            AbsentNight absent = new AbsentNight("web3", WrittenNight.FIRST, "no clock");
            assertThat(store.add(absent)).isEqualTo(AddOutcome.ADDED);
            assertThat(store.add(absent)).isEqualTo(AddOutcome.KNOWN);
            assertThat(HistoryCheck.of(store, ChangeRule.DEFAULT, series -> true)
                            .gaps())
                    .containsExactly("web3: did not measure on 2026-01-01T02:00:00Z: no clock; it has no night yet");
            store.forget(store.runs(), store.absent());
            assertThat(store.series()).isEmpty();
            assertThat(store.absent()).isEmpty();
        }
    }

    private int addNights(String host) throws StoreException {
        Random random = new Random(host.hashCode());
        try (HistoryStore store = HistoryStore.openOrMake(server.urlWithCredentials())) {
            for (int night = 0; night < 40; night++) {
                double value = (night < 30 ? 100 : 90) * Math.exp(0.01 * random.nextGaussian());
                store.add(new WrittenNight(host, night).value("a.B.c", value).run());
            }
            return 40;
        }
    }

    @Test
    void wrongCredentialsAreRefusedWithoutBeingPrinted() {
        assertThatThrownBy(() -> HistoryStore.openOrMake(server.url() + "?user=tare&password=wrong-battery"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(server.url() + ": PostgreSQL refuses this user or password")
                .hasMessageNotContaining("wrong-battery");
        assertThatThrownBy(() -> HistoryStore.open(server.urlWithCredentials()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds no history");
    }

    @Test
    void aServerThatGoesAwayIsNamedAsSuch() throws StoreException {
        try (HistoryStore store = HistoryStore.openOrMake(server.urlWithCredentials())) {
            store.add(new WrittenNight("web1", 0).value("a.B.c", 1).run());
            server.kill();
            assertThatThrownBy(() -> store.add(
                            new WrittenNight("web1", 1).value("a.B.c", 1).run()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("went away")
                    .hasMessageNotContaining(Postgres.PASSWORD);
        }
    }

    @Test
    void aServerThatGoesAwayInTheMiddleOfAnAddLeavesNothingOfIt() throws Exception {
        HistoryStore.openOrMake(server.urlWithCredentials()).close();
        ExecutorService adder = Executors.newSingleThreadExecutor();
        try (Connection connection = DriverManager.getConnection(server.urlWithCredentials());
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The row of the run is written by then; its points wait for this lock.
            sql.execute("LOCK TABLE point IN EXCLUSIVE MODE");
            Future<AddOutcome> added = adder.submit(this::addNight);
            while (!added.isDone() && !endsWhoWaitsForPoints(sql)) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(added::get)
                    .cause()
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("went away")
                    .hasMessageNotContaining(Postgres.PASSWORD);
        } finally {
            adder.shutdown();
        }
        try (HistoryStore store = HistoryStore.open(server.urlWithCredentials())) {
            assertThat(store.runs()).isEmpty();
            assertThat(store.series()).isEmpty();
        }
        assertThat(addNight()).isEqualTo(AddOutcome.ADDED);
    }

    private AddOutcome addNight() throws StoreException {
        try (HistoryStore store = HistoryStore.open(server.urlWithCredentials())) {
            return store.add(new WrittenNight("web1", 0).value("a.B.c", 1).run());
        }
    }

    private static boolean endsWhoWaitsForPoints(Statement sql) throws SQLException {
        try (ResultSet ended = sql.executeQuery("SELECT pg_terminate_backend(pid) FROM pg_locks"
                + " WHERE NOT granted AND relation = 'point'::regclass")) {
            return ended.next();
        }
    }
}
