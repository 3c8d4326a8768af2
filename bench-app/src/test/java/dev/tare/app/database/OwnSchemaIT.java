package dev.tare.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.app.database.DatabaseAddress.Protocol;
import dev.tare.parts.Postgres;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What is ours on a server of others, and what a server's refusals say. */
@RequiresProgram(value = "pg_lsclusters", debianPackage = "postgresql")
final class OwnSchemaIT {
    private static Postgres server;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = Postgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static DatabaseAddress address() {
        return DatabaseAddress.of(server.url(), Protocol.PREPARED)
                .withUser(Postgres.USER)
                .withPassword(Postgres.PASSWORD);
    }

    private static List<String> schemas(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tare\\_%' ORDER BY nspname")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatAKilledRunLeftGoesAndWhatIsInUseOrNotOursStays() throws Exception {
        try (Connection one = address().connect();
                Connection other = address().connect()) {
            Connection killed = address().connect();
            String left = OwnSchema.create(killed).name();
            killed.close();
            execute(one, "CREATE SCHEMA tare_0123456789abcdef");
            OwnSchema used = OwnSchema.create(one);
            execute(one, "CREATE TABLE content(x int)");

            OwnSchema mine = OwnSchema.create(other);

            assertThat(schemas(other))
                    .contains(used.name(), mine.name(), "tare_0123456789abcdef")
                    .doesNotContain(left);
            used.close();
            mine.close();
            assertThat(schemas(other)).containsExactly("tare_0123456789abcdef");
            execute(one, "DROP SCHEMA tare_0123456789abcdef");
        }
    }

    @Test
    void oneThatCarriesOurMarkNoMoreIsNotDropped() throws Exception {
        try (Connection connection = address().connect()) {
            OwnSchema schema = OwnSchema.create(connection);
            execute(connection, "COMMENT ON SCHEMA " + schema.name() + " IS 'now somebody needs it'");

            assertThatThrownBy(schema::close).hasMessageContaining("it stays");

            assertThat(schemas(connection)).contains(schema.name());
            execute(connection, "DROP SCHEMA " + schema.name());
        }
    }

    @Test
    void aWrongPasswordIsRefusedInWordsWithoutIt() {
        assertThatThrownBy(() -> address().withPassword("open-sesame").connect())
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("SQLSTATE 28P01")
                .hasMessageContaining("passwordFile")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aServerOutOfConnectionsSaysSo() throws Exception {
        try (Connection connection = address().connect()) {
            execute(connection, "CREATE ROLE lonely LOGIN PASSWORD 'x' CONNECTION LIMIT 1");
            DatabaseAddress lonely = address().withUser("lonely").withPassword("x");
            try (Connection first = lonely.connect()) {
                assertThat(first.isValid(1)).isTrue();
                assertThatThrownBy(lonely::connect).hasMessageContaining("fewer threads (-t)");
            }
        }
    }

    @Test
    void aClientThatTheServerEndsSaysSo() throws Exception {
        try (Connection connection = address().connect();
                Connection other = address().connect()) {
            execute(
                    other,
                    "SELECT pg_terminate_backend("
                            + connection.unwrap(PGConnection.class).getBackendPID() + ", 5000)");

            assertThatThrownBy(() -> execute(connection, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(ServerFailure.of("a query", e))
                                    .hasMessageContaining("a query: expected it done")
                                    .hasMessageMatching("(?s).*(measure again when it is up|the connection broke).*"));
        }
    }

    @Test
    void aServerThatOnlyReadsAndARoleWithoutRightsSaySo() throws Exception {
        try (Connection connection = address().connect()) {
            execute(connection, "CREATE ROLE humble LOGIN PASSWORD 'x'");
            try (Connection humble =
                    address().withUser("humble").withPassword("x").connect()) {
                assertThatThrownBy(() -> OwnSchema.create(humble))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(ServerFailure.of("a schema", e))
                                        .hasMessageContaining("GRANT CREATE ON DATABASE"));
            }
            execute(connection, "SET default_transaction_read_only TO on");
            assertThatThrownBy(() -> OwnSchema.create(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(ServerFailure.of("a schema", e))
                                    .hasMessageContaining("the server only reads"));
        }
    }

    @Test
    void pagesAndLogAreCountedAtOnce() throws Exception {
        try (Connection worker = address().connect();
                Connection observer = address().connect()) {
            ServerActivity.tell(worker);
            ServerActivity before = ServerActivity.now(observer);
            execute(worker, "CREATE TABLE logged AS SELECT number FROM generate_series(1, 10000) AS number");
            ServerActivity.tell(worker);
            ServerActivity after = ServerActivity.now(observer);

            // A row takes 28 bytes of a page, and more of the log.
            assertThat(after.walBytesSince(before)).isBetween(280_000L, 10_000_000L);
            assertThat(after.hitPercentSince(before))
                    .hasValueSatisfying(percent -> assertThat(percent).isBetween(1.0, 100.0));
            execute(worker, "DROP TABLE logged");
        }
    }
}
