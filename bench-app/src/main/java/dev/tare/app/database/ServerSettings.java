package dev.tare.app.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a server that decide what it can yield, as facts. */
public final class ServerSettings {
    private static final List<String> NAMES = List.of(
            "server_version",
            "shared_buffers",
            "work_mem",
            "effective_cache_size",
            "huge_pages",
            "fsync",
            "wal_sync_method",
            "synchronous_commit",
            "full_page_writes",
            "wal_level",
            "wal_compression",
            "wal_buffers",
            "max_wal_size",
            "checkpoint_timeout",
            "autovacuum",
            "data_checksums",
            "block_size",
            "random_page_cost",
            "max_connections",
            "ssl");

    private ServerSettings() {}

    /** Their values in this connection, {@code database-shared-buffers} and so on; what this version does not have is left out. */
    public static Map<String, String> facts(Connection connection) throws SQLException {
        String wanted = NAMES.stream().map(name -> "'" + name + "'").collect(Collectors.joining(","));
        Map<String, String> values = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name, current_setting(name) FROM pg_settings WHERE name IN (" + wanted + ")")) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getString(2));
            }
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (values.containsKey(name)) {
                facts.put(key(name), values.getOrDefault(name, ""));
            }
        }
        return facts;
    }

    private static String key(String setting) {
        return "database-" + setting.replace("_", "-");
    }
}
