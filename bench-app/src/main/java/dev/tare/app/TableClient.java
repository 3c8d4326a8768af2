package dev.tare.app;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** A client that works on a whole table at once; every result is known beforehand, and compared. */
public abstract class TableClient extends DatabaseClient {
    private @Nullable TestTable joined;

    /** Joins the table. */
    @Setup(Level.Trial)
    public void join(DatabaseLink link, TestTable table, ThreadParams threads) throws IOException {
        joined = table;
        open(link, threads, connection -> prepared(connection, table, threads));
    }

    abstract Transaction prepared(Connection connection, TestTable table, ThreadParams threads) throws SQLException;

    abstract long bytes(TestTable table);

    /** Bytes that one call moves or reads. */
    final long bytes() {
        return joined == null ? 0 : bytes(joined);
    }

    /** Replaces a table of its own by a copy of the rows, which it sends. */
    @State(Scope.Thread)
    public static class BulkCopyIn extends TableClient {
        @Override
        Transaction prepared(Connection connection, TestTable table, ThreadParams threads) throws SQLException {
            return new CopyingIn(connection, table, threads);
        }

        @Override
        long bytes(TestTable table) {
            return table.textBytes();
        }
    }

    /** Has the rows sent to it. */
    @State(Scope.Thread)
    public static class BulkCopyOut extends TableClient {
        @Override
        Transaction prepared(Connection connection, TestTable table, ThreadParams threads) throws SQLException {
            return new CopyingOut(connection, table);
        }

        @Override
        long bytes(TestTable table) {
            return table.textBytes();
        }
    }

    /** Reads every row. */
    @State(Scope.Thread)
    public static class SequentialScan extends TableClient {
        @Override
        Transaction prepared(Connection connection, TestTable table, ThreadParams threads) throws SQLException {
            return new Query(connection, "SELECT sum(number) FROM numbered", table.sumOfNumbers());
        }

        @Override
        long bytes(TestTable table) {
            return table.relationBytes();
        }
    }

    /** Looks every row's key up in a hash table that it builds of the keys. */
    @State(Scope.Thread)
    public static class HashJoin extends TableClient {
        @Override
        Transaction prepared(Connection connection, TestTable table, ThreadParams threads) throws SQLException {
            return new Query(
                    connection, "SELECT sum(weight) FROM numbered JOIN keys USING (key)", table.sumOfWeights());
        }

        @Override
        long bytes(TestTable table) {
            return table.relationBytes() + table.keyBytes();
        }
    }

    private static final class CopyingIn implements Transaction {
        private final Connection connection;
        private final TestTable table;
        private final int clients;
        private final String own;

        CopyingIn(Connection connection, TestTable table, ThreadParams threads) throws SQLException {
            this.connection = connection;
            this.table = table;
            this.clients = threads.getThreadCount();
            this.own = name(threads.getThreadIndex());
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + own + TestTable.COLUMNS);
            }
        }

        private static String name(int client) {
            return "copied_" + client;
        }

        @Override
        public long make() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                // Emptied in the same transaction, so that the disk is not filled call by call.
                statement.execute("BEGIN");
                statement.execute("TRUNCATE " + own);
                table.copyInto(connection, own);
                statement.execute("END");
            }
            return table.rows();
        }

        @Override
        public void requireTrue(Connection observer, long made) throws SQLException {
            for (int client = 0; client < clients; client++) {
                long[] found =
                        Transaction.numbers(observer, "SELECT count(*), coalesce(sum(number), 0) FROM " + name(client));
                Transaction.require("rows that were copied in", table.rows(), found[0]);
                Transaction.require("sum of their numbers", table.sumOfNumbers(), found[1]);
            }
        }
    }

    private static final class CopyingOut implements Transaction {
        private final CopyManager manager;
        private final long textBytes;

        CopyingOut(Connection connection, TestTable table) throws SQLException {
            manager = connection.unwrap(PGConnection.class).getCopyAPI();
            textBytes = table.textBytes();
            long sum = 0;
            CopyOut copy = copy();
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                sum += TestTable.number(row);
            }
            Transaction.require("sum of the numbers that were copied out", table.sumOfNumbers(), sum);
        }

        private CopyOut copy() throws SQLException {
            return manager.copyOut("COPY numbered TO STDOUT");
        }

        @Override
        public long make() throws SQLException {
            long bytes = 0;
            CopyOut copy = copy();
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                bytes += row.length;
            }
            return Transaction.require("bytes that were copied out", textBytes, bytes);
        }
    }

    /** A query with one number as its answer. */
    private static final class Query implements Transaction {
        private final PreparedStatement query;
        private final String sql;
        private final long answer;

        Query(Connection connection, String sql, long answer) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET enable_mergejoin TO off");
                statement.execute("SET enable_nestloop TO off");
            }
            this.query = connection.prepareStatement(sql);
            this.sql = sql;
            this.answer = answer;
        }

        @Override
        public long make() throws SQLException {
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return Transaction.require(sql, answer, row.getLong(1));
            }
        }
    }
}
