package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.app.TpcbTransaction.Kind;
import dev.tare.app.database.DatabaseAddress;
import dev.tare.app.database.DatabaseAddress.Protocol;
import dev.tare.app.database.OwnSchema;
import dev.tare.parts.Postgres;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to the data behind the benchmark's back is found. */
@RequiresProgram(value = "pg_lsclusters", debianPackage = "postgresql")
final class BrokenInvariantsIT {
    private static final int MADE = 50;
    private static final long SEED = 1;

    private static Postgres server;
    private static Connection connection;
    private static OwnSchema schema;

    @BeforeAll
    static void makeTheBank() throws Exception {
        server = Postgres.start();
        connection = address(Protocol.PREPARED).connect();
        schema = OwnSchema.create(connection);
        TpcbTables.make(connection, 1);
        CommitClient.Commits.make(connection);
    }

    @AfterAll
    static void stopServer() throws SQLException, IOException {
        connection.close();
        server.close();
    }

    @BeforeEach
    void emptyTheHistory() throws SQLException {
        execute("TRUNCATE pgbench_history, commits; UPDATE pgbench_accounts SET abalance = 0 WHERE abalance <> 0;"
                + " UPDATE pgbench_tellers SET tbalance = 0; UPDATE pgbench_branches SET bbalance = 0");
    }

    private static DatabaseAddress address(Protocol protocol) {
        return DatabaseAddress.of(server.url(), protocol)
                .withUser(Postgres.USER)
                .withPassword(Postgres.PASSWORD);
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static TpcbTransaction made(Kind kind, Connection client) throws SQLException {
        System.out.println("seed " + SEED);
        TpcbTransaction transaction = new TpcbTransaction(kind, 1, new SplittableRandom(SEED), client);
        for (int number = 0; number < MADE; number++) {
            transaction.make();
        }
        return transaction;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatTheServerDidIsTrue(Kind kind) throws SQLException {
        made(kind, connection).requireTrue(connection, MADE);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void allProtocolsDoTheSame(Protocol protocol) throws Exception {
        try (Connection client = address(protocol).connect()) {
            client.setSchema(schema.name());
            made(Kind.TPCB_LIKE, client).requireTrue(connection, MADE);
        }
        // The bookings of seed 1, whoever makes them.
        SplittableRandom random = new SplittableRandom(SEED);
        long booked = 0;
        for (int number = 0; number < MADE; number++) {
            random.nextInt(100_000);
            random.nextInt(1);
            random.nextInt(10);
            booked += random.nextInt(-5000, 5001);
        }
        assertThat(Transaction.numbers(connection, "SELECT sum(delta) FROM pgbench_history"))
                .containsExactly(booked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = 77777; sum of all accounts",
                "UPDATE pgbench_tellers SET tbalance = tbalance - 3 WHERE tid = 5; sum of all tellers",
                "UPDATE pgbench_branches SET bbalance = 1000000; sum of all branches",
                "DELETE FROM pgbench_history WHERE ctid = (SELECT min(ctid) FROM pgbench_history); rows of history",
                "INSERT INTO pgbench_history(tid, bid, aid, delta) VALUES (1, 1, 1, 0); rows of history",
                "INSERT INTO pgbench_accounts VALUES (100001, 1, 0, ''); rows of accounts",
            })
    void aRowThatIsChangedByHandIsFound(String change, String what) throws SQLException {
        TpcbTransaction transaction = made(Kind.TPCB_LIKE, connection);
        execute(change);

        assertThatThrownBy(() -> transaction.requireTrue(connection, MADE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("no score of it can be trusted");
        execute("DELETE FROM pgbench_accounts WHERE aid > 100000");
    }

    @Test
    void aTransactionThatWasCountedAndNotMadeIsFound() throws SQLException {
        TpcbTransaction transaction = made(Kind.SIMPLE_UPDATE, connection);

        assertThatThrownBy(() -> transaction.requireTrue(connection, MADE + 1))
                .hasMessageContaining("rows of history, one a transaction: expected 51, got 50");
    }

    @Test
    void aCommitThatIsLostIsFound() throws SQLException {
        CommitClient.NumberedInsert first = new CommitClient.NumberedInsert(connection, 0);
        CommitClient.NumberedInsert second = new CommitClient.NumberedInsert(connection, 1);
        first.make();
        first.make();
        second.make();
        first.requireTrue(connection, 3);

        execute("DELETE FROM commits WHERE client = 0 AND number = 1");

        assertThatThrownBy(() -> first.requireTrue(connection, 3))
                .hasMessageContaining("rows of commits: expected 3, got 2");
    }
}
