package dev.tare.app.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What a server has done up to an instant.
 *
 * @param walBytes bytes of the write-ahead log; by its position, which is known at once, where pg_stat_wal lags behind
 * @param pages pages that were asked for in this database, if the server tells in time
 */
public record ServerActivity(long walBytes, Optional<Pages> pages) {
    private static final int TELLS_IN_TIME = 15;
    private static final double PERCENT = 100;

    /**
     * Pages that were asked for.
     *
     * @param hit found in the buffers
     * @param read not found
     */
    public record Pages(long hit, long read) {}

    /** Now. */
    public static ServerActivity now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, blks_hit, blks_read"
                                + " FROM pg_stat_database WHERE datname = current_database()")) {
            row.next();
            return new ServerActivity(
                    row.getLong(1),
                    tellsInTime(connection)
                            ? Optional.of(new Pages(row.getLong(2), row.getLong(3)))
                            : Optional.empty());
        }
    }

    /** Has what this connection did counted now, where the server can; otherwise it would be a second later. */
    public static void tell(Connection connection) throws SQLException {
        if (tellsInTime(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_stat_force_next_flush()");
            }
        }
    }

    private static boolean tellsInTime(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= TELLS_IN_TIME;
    }

    /** Bytes logged since an earlier instant. */
    public long walBytesSince(ServerActivity earlier) {
        return walBytes - earlier.walBytes;
    }

    /** Pages found in the buffers since an earlier instant, of a hundred; empty where none was asked for, or nobody tells. */
    public Optional<Double> hitPercentSince(ServerActivity earlier) {
        return pages.flatMap(now -> earlier.pages.flatMap(before -> {
            long hit = now.hit - before.hit;
            long all = hit + now.read - before.read;
            return all > 0 ? Optional.of(PERCENT * hit / all) : Optional.empty();
        }));
    }
}
