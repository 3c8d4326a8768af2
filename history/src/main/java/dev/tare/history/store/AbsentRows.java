package dev.tare.history.store;

import dev.tare.history.night.AbsentNight;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of nights without a run. What is written is written in one transaction of the caller's, under its lock. */
final class AbsentRows {
    private final Connection connection;

    AbsentRows(Connection connection) {
        this.connection = connection;
    }

    /** All by host and time. */
    List<AbsentNight> all() throws SQLException {
        List<AbsentNight> absent = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT host, at_ms, reason FROM absent ORDER BY host, at_ms")) {
            while (row.next()) {
                absent.add(new AbsentNight(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3)));
            }
        }
        return absent;
    }

    /** Of a night that is known the newer reason stays. */
    AddOutcome add(AbsentNight night) throws SQLException {
        if (isKnown(night)) {
            return AddOutcome.KNOWN;
        }
        boolean replaced = delete(night) > 0;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO absent VALUES (?, ?, ?)")) {
            insert.setString(1, night.host());
            insert.setLong(2, night.started().toEpochMilli());
            insert.setString(3, night.reason());
            insert.executeUpdate();
        }
        return replaced ? AddOutcome.REPLACED : AddOutcome.ADDED;
    }

    private boolean isKnown(AbsentNight night) throws SQLException {
        try (PreparedStatement find =
                connection.prepareStatement("SELECT 1 FROM absent WHERE host = ? AND at_ms = ? AND reason = ?")) {
            find.setString(1, night.host());
            find.setLong(2, night.started().toEpochMilli());
            find.setString(3, night.reason());
            try (ResultSet row = find.executeQuery()) {
                return row.next();
            }
        }
    }

    /** How many rows are gone. */
    int delete(AbsentNight night) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM absent WHERE host = ? AND at_ms = ?")) {
            delete.setString(1, night.host());
            delete.setLong(2, night.started().toEpochMilli());
            return delete.executeUpdate();
        }
    }
}
