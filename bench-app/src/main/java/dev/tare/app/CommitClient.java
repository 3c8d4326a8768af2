package dev.tare.app;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A client that inserts one row a transaction: little more than the commit itself. */
@State(Scope.Thread)
public class CommitClient extends DatabaseClient {
    /** The rows of all clients; every one is a transaction of which the server says that it is durable. */
    @State(Scope.Benchmark)
    public static class Commits {
        /** Makes the table. */
        @Setup(Level.Trial)
        public void make(DatabaseLink link) throws IOException {
            try {
                make(link.observer());
                link.settle();
            } catch (SQLException e) {
                throw link.explain("a table", e);
            }
        }

        static void make(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE commits(client int NOT NULL, number int NOT NULL)");
            }
        }
    }

    /** Inserts the next number of a client. */
    static final class NumberedInsert implements Transaction {
        private final PreparedStatement insert;
        private final int client;
        private int number;

        NumberedInsert(Connection connection, int client) throws SQLException {
            this.insert = connection.prepareStatement("INSERT INTO commits(client, number) VALUES (?, ?)");
            this.client = client;
        }

        @Override
        public long make() throws SQLException {
            insert.setInt(1, client);
            insert.setInt(2, ++number);
            return insert.executeUpdate();
        }

        @Override
        public boolean isCommit() {
            return true;
        }

        @Override
        public void requireTrue(Connection observer, long made) throws SQLException {
            long[] found = Transaction.numbers(
                    observer,
                    "SELECT coalesce(sum(rows), 0), coalesce(sum(last), 0)"
                            + " FROM (SELECT count(*) AS rows, max(number) AS last FROM commits GROUP BY client) AS clients");
            Transaction.require("rows of commits", made, found[0]);
            Transaction.require("last numbers of all clients together", made, found[1]);
        }
    }

    /**
     * Joins the others.
     *
     * @param commits is there before any client
     */
    @Setup(Level.Trial)
    public void join(DatabaseLink link, Commits commits, ThreadParams threads) throws IOException {
        open(link, threads, connection -> new NumberedInsert(connection, threads.getThreadIndex()));
    }
}
