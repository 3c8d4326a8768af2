package dev.tare.app;

import dev.tare.harness.Parameters;
import dev.tare.machine.memory.Machine;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table of a given size, every row of which is {@link #ROW_BYTES} long as text: its number, a key that ten rows share, and a
 * filler; and a table of the keys, each with a weight. So every sum over them is known beforehand.
 */
@State(Scope.Benchmark)
public class TestTable {
    /** Of a row as COPY writes it. */
    static final int ROW_BYTES = 100;

    static final String COLUMNS = "(number int NOT NULL, key int NOT NULL, filler text NOT NULL)";

    /** PostgreSQL's pages, and how many rows it puts on one: (8192 - 24) / (4 + 112). */
    private static final int PAGE_BYTES = 8192;

    private static final int ROWS_PER_PAGE = 70;
    private static final int ROWS_PER_KEY = 10;
    private static final int WEIGHTS = 7;

    /** Numbers begin here, so that all have as many digits. */
    private static final int FIRST = 1_000_000_000;

    private static final int DIGITS = 10;
    private static final int MOST_ROWS = 1_000_000_000;
    private static final int CHUNK_ROWS = 10_000;
    /** With the log of filling it, and the table of keys. */
    private static final double BYTES_TAKEN_PER_BYTE = 1.5;

    private static final String BUFFERS = "buffers";
    private static final String MEMORY = "memory";
    private static final String DISK = "disk";

    /**
     * Size of the table: {@code buffers}, an eighth of the server's buffers, where it stays (of one that takes a quarter, a
     * scan leaves nothing there); {@code memory}, four times the server's buffers, in the system's cache; {@code disk}, twice
     * the memory of this machine, where the server runs here; or a number of bytes. At most 10^9 rows, 109 GiB.
     */
    @Param(BUFFERS)
    public String tableBytes = BUFFERS;

    private int rows;
    private long relationBytes;
    private long keyBytes;

    /**
     * Checks what can be checked without a server.
     *
     * @throws IllegalArgumentException when the parameter is none of the words and no size
     */
    void requireParameters(boolean serverIsHere) {
        if (tableBytes.equals(DISK) && !serverIsHere) {
            throw Parameters.refusal(
                    "tableBytes",
                    "a number of bytes where the server is elsewhere, for its memory is not known here",
                    tableBytes,
                    "64g",
                    null);
        }
        if (!tableBytes.equals(BUFFERS) && !tableBytes.equals(MEMORY) && !tableBytes.equals(DISK)) {
            requireRows(Parameters.bytes("tableBytes", tableBytes, " or buffers, memory, disk"));
        }
    }

    private int requireRows(long bytes) {
        long wanted = bytes / PAGE_BYTES * ROWS_PER_PAGE;
        if (wanted < ROWS_PER_PAGE || wanted > MOST_ROWS) {
            throw Parameters.refusal(
                    "tableBytes",
                    "a size from " + PAGE_BYTES + " to " + (long) MOST_ROWS / ROWS_PER_PAGE * PAGE_BYTES + " bytes",
                    tableBytes,
                    "16m",
                    null);
        }
        return (int) wanted;
    }

    /** Makes and fills both tables. */
    @Setup(Level.Trial)
    public void fill(DatabaseLink link) throws IOException {
        requireParameters(link.data() != null);
        try (Statement statement = link.observer().createStatement()) {
            long bytes = bytes(link.observer());
            rows = requireRows(bytes);
            TpcbTables.requireSpace(link.data(), "tableBytes", tableBytes, (long) (bytes * BYTES_TAKEN_PER_BYTE));
            statement.execute("CREATE TABLE numbered" + COLUMNS);
            statement.execute("CREATE TABLE keys(key int NOT NULL, weight int NOT NULL)");
            copyInto(link.observer(), "numbered");
            statement.execute("INSERT INTO keys SELECT " + FIRST + " + key, key % " + WEIGHTS
                    + " FROM generate_series(0, " + (keys() - 1) + ") AS key");
            statement.execute("VACUUM ANALYZE numbered, keys");
            relationBytes = size(statement, "numbered");
            keyBytes = size(statement, "keys");
            link.settle();
        } catch (SQLException e) {
            throw link.explain("a table of tableBytes=" + tableBytes, e);
        }
    }

    private long bytes(Connection connection) throws SQLException {
        return switch (tableBytes) {
            case BUFFERS -> sharedBuffers(connection) / 8;
            case MEMORY -> sharedBuffers(connection) * 4;
            case DISK -> Machine.totalBytes() * 2;
            default -> Parameters.bytes("tableBytes", tableBytes);
        };
    }

    private static long sharedBuffers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_size_bytes(current_setting('shared_buffers'))")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long size(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_relation_size('" + table + "')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Writes all rows into a table of these {@link #COLUMNS}. */
    void copyInto(Connection connection, String table) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
        byte[] chunk = new byte[CHUNK_ROWS * ROW_BYTES];
        for (int first = 0; first < rows; first += CHUNK_ROWS) {
            int some = Math.min(CHUNK_ROWS, rows - first);
            for (int row = 0; row < some; row++) {
                write(chunk, row * ROW_BYTES, first + row);
            }
            copy.writeToCopy(chunk, 0, some * ROW_BYTES);
        }
        long copied = copy.endCopy();
        if (copied != rows) {
            throw new IllegalStateException("COPY FROM: expected " + rows + " rows to be taken, got " + copied);
        }
    }

    private void write(byte[] chunk, int at, int row) {
        digits(chunk, at, FIRST + row);
        chunk[at + DIGITS] = '\t';
        digits(chunk, at + DIGITS + 1, FIRST + row % keys());
        chunk[at + 2 * DIGITS + 1] = '\t';
        Arrays.fill(chunk, at + 2 * DIGITS + 2, at + ROW_BYTES - 1, (byte) ('a' + row % 26));
        chunk[at + ROW_BYTES - 1] = '\n';
    }

    private static void digits(byte[] chunk, int at, int number) {
        int rest = number;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            chunk[at + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The number of a row as COPY writes it. */
    static long number(byte[] row) {
        if (row.length != ROW_BYTES) {
            throw new IllegalStateException("row: expected " + ROW_BYTES + " bytes, got " + row.length);
        }
        long number = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            number = number * 10 + row[digit] - '0';
        }
        return number;
    }

    private int keys() {
        return Math.max(1, rows / ROWS_PER_KEY);
    }

    /** Rows. */
    int rows() {
        return rows;
    }

    /** Of all rows as COPY writes them. */
    long textBytes() {
        return (long) rows * ROW_BYTES;
    }

    /** Of the pages that a scan of the table reads. */
    long relationBytes() {
        return relationBytes;
    }

    /** Of the pages of the table of keys. */
    long keyBytes() {
        return keyBytes;
    }

    /** The sum of all numbers. */
    long sumOfNumbers() {
        return (long) rows * FIRST + (long) rows * (rows - 1) / 2;
    }

    /** The sum of the weights of all rows' keys. */
    long sumOfWeights() {
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += row % keys() % WEIGHTS;
        }
        return sum;
    }
}
