package dev.tare.app.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A schema that a benchmark makes for itself and drops: its name and its comment tell that it is ours, a lock of the
 * connection that made it that it is in use. The server drops the lock however that connection ends, and the next one
 * drops what was left, of the same role.
 */
public final class OwnSchema implements AutoCloseable {
    private static final String COMMENT = "made by a benchmark of Tare, which drops it";
    /** The first half of the key of our locks: "tare". */
    private static final int LOCK_CLASS = 0x74617265;

    private static final String OURS =
            "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname ~ '^tare_[0-9a-f]{16}$'"
                    + " AND nspowner = current_user::regrole AND obj_description(oid, 'pg_namespace') = '" + COMMENT
                    + "'";

    private final Connection connection;
    private final String name;

    private OwnSchema(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * Drops what killed runs left, makes a schema under a new name, and makes it the connection's.
     *
     * @param connection holds it until it is closed
     */
    public static OwnSchema create(Connection connection) throws SQLException {
        for (String left : ours(connection, "")) {
            if (lock(connection, left)) {
                drop(connection, left);
                unlock(connection, left);
            }
        }
        String name = String.format(
                Locale.ROOT, "tare_%016x", ThreadLocalRandom.current().nextLong());
        if (!lock(connection, name)) {
            throw new SQLException("schema " + name + ": expected its lock, got another's; start again");
        }
        try (Statement statement = connection.createStatement()) {
            // Both or neither: without its comment nobody would know whose it is.
            statement.execute(
                    "BEGIN; CREATE SCHEMA " + name + "; COMMENT ON SCHEMA " + name + " IS '" + COMMENT + "'; END");
        }
        connection.setSchema(name);
        return new OwnSchema(connection, name);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /**
     * Drops it.
     *
     * @throws SQLException when it does not carry our mark any more: then it is another's
     */
    @Override
    public void close() throws SQLException {
        if (ours(connection, " AND nspname = '" + name + "'").isEmpty()) {
            throw new SQLException(
                    "schema " + name + ": expected our role as its owner and our comment on it, got others;"
                            + " it stays: drop it by hand if it is not needed");
        }
        drop(connection, name);
    }

    private static List<String> ours(Connection connection, String condition) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OURS + condition)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void drop(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET client_min_messages TO warning");
            // Another may be looking at it; the next one tries again.
            statement.execute("SET lock_timeout TO '10s'");
            statement.execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    private static boolean lock(Connection connection, String schema) throws SQLException {
        return asked(connection, "SELECT pg_try_advisory_lock(?, ?)", schema);
    }

    private static void unlock(Connection connection, String schema) throws SQLException {
        asked(connection, "SELECT pg_advisory_unlock(?, ?)", schema);
    }

    private static boolean asked(Connection connection, String query, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, LOCK_CLASS);
            statement.setInt(2, Integer.parseUnsignedInt(schema.substring(schema.length() - Integer.BYTES * 2), 16));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
