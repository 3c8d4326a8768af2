package dev.tare.history.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a store, and their version, which stands in a table of its own. docs/history.md describes them. */
final class StoreSchema {
    /** What this version of Tare reads and writes. */
    static final int CURRENT = 1;

    /** The version of a database that has no tables of ours. */
    static final int NONE = 0;

    private static final String VERSION_TABLE = "tare_schema";

    private final Connection connection;
    private final boolean isPostgres;

    StoreSchema(Connection connection, boolean isPostgres) {
        this.connection = connection;
        this.isPostgres = isPostgres;
    }

    /** The version that is there. */
    int version() throws SQLException {
        if (!isThere()) {
            return NONE;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM " + VERSION_TABLE)) {
            return row.next() ? row.getInt(1) : NONE;
        }
    }

    private boolean isThere() throws SQLException {
        String schema = isPostgres ? connection.getSchema() : null;
        try (ResultSet tables = connection.getMetaData().getTables(null, schema, VERSION_TABLE, null)) {
            return tables.next();
        }
    }

    /**
     * Makes the tables, unless another program has made them meanwhile; the caller has the lock of the store.
     *
     * @return the version that is there now
     */
    int make() throws SQLException {
        if (!isThere()) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : script().split(";\\s*\\R", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                statement.execute("CREATE TABLE " + VERSION_TABLE + " (version INTEGER NOT NULL)");
                statement.execute("INSERT INTO " + VERSION_TABLE + " VALUES (" + CURRENT + ")");
            }
        }
        return version();
    }

    private static String script() {
        String name = "schema-" + CURRENT + ".sql";
        try (InputStream script = StoreSchema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(name + " belongs beside this class");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }
}
