package dev.tare.history.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * Where a store is: a file of SQLite, or a database of PostgreSQL.
 *
 * @param text as it was given, with whatever credentials it has
 */
record StoreLocation(String text) {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int LOCK_WAIT_MS = 30_000;

    boolean isPostgres() {
        return text.startsWith(POSTGRESQL);
    }

    /** For messages: without user and password. */
    String shown() {
        return isPostgres() ? text.replaceAll("\\?.*", "").replaceAll("//[^/]*@", "//") : text;
    }

    /** Connects; a file of SQLite is made where it is absent and may be made. */
    Connection connect(boolean mayBeMade) throws StoreException {
        if (text.startsWith("jdbc:") && !isPostgres()) {
            throw new StoreException("--store: expected a file, or jdbc:postgresql://HOST/DATABASE, got another address"
                    + " of JDBC; name one of these");
        }
        Path file = Path.of(isPostgres() ? "" : text);
        if (!isPostgres() && !mayBeMade && !Files.exists(file)) {
            throw new StoreException(text + " does not exist; expected the store that 'history add' made; add a night"
                    + " first, or name another by --store");
        }
        try {
            return isPostgres()
                    ? DriverManager.getConnection(text, postgres(System.getenv()))
                    : DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), sqlite());
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** User and password come by the address, by psql's own variables, or by ~/.pgpass. */
    private static Properties postgres(Map<String, String> variables) {
        Properties properties = new Properties();
        Map.of("PGUSER", "user", "PGPASSWORD", "password").forEach((variable, property) -> {
            if (variables.containsKey(variable)) {
                properties.setProperty(property, variables.getOrDefault(variable, ""));
            }
        });
        properties.setProperty("ApplicationName", "tare history");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** A transaction takes the write lock where it begins: two adds that upgrade a read lock would wait for each other. */
    private static Properties sqlite() {
        Properties properties = new Properties();
        properties.setProperty("transaction_mode", "IMMEDIATE");
        properties.setProperty("busy_timeout", String.valueOf(LOCK_WAIT_MS));
        properties.setProperty("foreign_keys", "true");
        return properties;
    }

    /** What went wrong, and what to do. */
    StoreException failure(SQLException e) {
        return new StoreException(shown() + ": " + (isPostgres() ? ofPostgres(e) : ofSqlite(e)), e);
    }

    /** By the classes of SQLSTATE, which do not depend on the server's language. */
    private static String ofPostgres(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("28")) {
            return "PostgreSQL refuses this user or password; expected those of a role that may log in; check the"
                    + " address, PGUSER and PGPASSWORD, or ~/.pgpass";
        }
        if (state.startsWith("08") || state.startsWith("57")) {
            return "PostgreSQL does not answer, or went away (SQLSTATE " + state + "); nothing was half written; see"
                    + " whether the server runs and is reachable, then do the same again";
        }
        return switch (state) {
            case "3D000" -> "PostgreSQL has no such database; make it by createdb";
            case "42501" -> "PostgreSQL does not permit it; expected a role that may create tables and write them";
            default -> "PostgreSQL says: " + firstLine(e) + " (SQLSTATE " + state + "); nothing was half written";
        };
    }

    /** The driver puts SQLite's own word for the error in front of its message. */
    private static String ofSqlite(SQLException e) {
        String message = firstLine(e);
        if (message.contains("SQLITE_BUSY") || message.contains("SQLITE_LOCKED")) {
            return "another program has locked this file for more than " + LOCK_WAIT_MS / 1000
                    + " s; nothing was written; wait for it or end it, then do the same again";
        }
        if (message.contains("SQLITE_NOTADB")) {
            return "expected a store of 'history add', got a file that is none of SQLite's; name another by --store";
        }
        if (message.contains("SQLITE_CORRUPT")) {
            return "the file is damaged; restore it from a copy, or add the runs anew to a new store";
        }
        if (message.contains("SQLITE_READONLY") || message.contains("SQLITE_CANTOPEN")) {
            return "cannot be opened for writing; check the permissions of the file and its folder";
        }
        return message.contains("SQLITE_FULL") || message.contains("SQLITE_IOERR")
                ? "cannot be written: the disk is full or fails; nothing was half written"
                : "SQLite says: " + message + "; nothing was half written";
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
