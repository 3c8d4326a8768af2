package dev.tare.app;

import dev.tare.harness.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The bank of TPC-B as {@code pgbench -i} makes it: branches, tellers, accounts, and the history of what was booked. */
@State(Scope.Benchmark)
public class TpcbTables {
    static final int ACCOUNTS_PER_BRANCH = 100_000;
    static final int TELLERS_PER_BRANCH = 10;
    /** Numbers of accounts are integers. */
    private static final int LARGEST_SCALE = Integer.MAX_VALUE / ACCOUNTS_PER_BRANCH;

    /** Rows, their index and what of the log comes with filling them. */
    private static final long BYTES_PER_BRANCH = 20_000_000;

    private static final long BYTES_BESIDE = 200_000_000;

    private static final List<String> TABLES = List.of(
            "pgbench_history(tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
            "pgbench_tellers(tid int NOT NULL, bid int, tbalance int, filler char(84)) WITH (fillfactor=100)",
            "pgbench_accounts(aid int NOT NULL, bid int, abalance int, filler char(84)) WITH (fillfactor=100)",
            "pgbench_branches(bid int NOT NULL, bbalance int, filler char(88)) WITH (fillfactor=100)");

    /** Branches, with 10 tellers and 100,000 accounts each: about 15 MB. */
    @Param("10")
    public String scale = "10";

    /**
     * Branches.
     *
     * @throws IllegalArgumentException when the parameter has no number of them
     */
    int branches() {
        return (int) Parameters.wholeNumber("scale", scale, 1, LARGEST_SCALE);
    }

    /** Makes the tables, fills them, and makes their indexes. */
    @Setup(Level.Trial)
    public void fill(DatabaseLink link) throws IOException {
        int branches = branches();
        requireSpace(link.data(), "scale", scale, BYTES_PER_BRANCH * branches);
        try {
            make(link.observer(), branches);
            link.settle();
        } catch (SQLException e) {
            throw link.explain("tables of scale=" + scale, e);
        }
    }

    /** The same, wherever the connection looks for tables. */
    static void make(Connection connection, int branches) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("CREATE TABLE " + table);
            }
            statement.execute("INSERT INTO pgbench_branches(bid, bbalance) SELECT bid, 0 FROM generate_series(1, "
                    + branches + ") AS bid");
            statement.execute("INSERT INTO pgbench_tellers(tid, bid, tbalance) SELECT tid, (tid - 1) / "
                    + TELLERS_PER_BRANCH + " + 1, 0 FROM generate_series(1, " + branches * TELLERS_PER_BRANCH
                    + ") AS tid");
            fillAccounts(connection, branches);
            statement.execute("VACUUM ANALYZE pgbench_branches, pgbench_tellers, pgbench_accounts, pgbench_history");
            statement.execute("ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid)");
            statement.execute("ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid)");
            statement.execute("ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)");
        }
    }

    /** In one COPY a branch, so that no transaction is larger than it must be. */
    private static void fillAccounts(Connection connection, int branches) throws SQLException {
        for (int branch = 1; branch <= branches; branch++) {
            StringBuilder rows = new StringBuilder();
            for (int account = 1; account <= ACCOUNTS_PER_BRANCH; account++) {
                rows.append((branch - 1) * ACCOUNTS_PER_BRANCH + account)
                        .append('\t')
                        .append(branch)
                        .append("\t0\t\n");
            }
            byte[] bytes = rows.toString().getBytes(StandardCharsets.US_ASCII);
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY pgbench_accounts FROM STDIN");
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        }
    }

    /**
     * Checks that the disk of the server has room, where it is here: a full one would end the server's work in the middle.
     *
     * @throws IllegalArgumentException when it has not, with what to do
     */
    static void requireSpace(@Nullable Path data, String parameter, String value, long bytes) throws IOException {
        if (data == null) {
            return;
        }
        long usable = Files.getFileStore(data).getUsableSpace();
        if (bytes + BYTES_BESIDE > usable) {
            throw new IllegalArgumentException(parameter + ": expected what fits the "
                    + (usable >> 20) + " MiB that are free below " + data.getParent() + ", got " + value
                    + ", which takes about " + ((bytes + BYTES_BESIDE) >> 20)
                    + " MiB with its log; take less, or another folder by -p dataFolder=FOLDER");
        }
    }
}
