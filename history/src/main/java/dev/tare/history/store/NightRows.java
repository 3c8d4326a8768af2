package dev.tare.history.store;

import dev.tare.history.night.NightRun;
import dev.tare.history.night.NightValue;
import dev.tare.runs.Configuration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The rows that a night becomes. All is written in one transaction of the caller's, under its lock. */
final class NightRows {
    private final Connection connection;
    private final Map<String, Long> nextIds = new HashMap<>();

    NightRows(Connection connection) {
        this.connection = connection;
    }

    AddOutcome add(NightRun night) throws SQLException, StoreException {
        String content = digest(String.valueOf(night.values()) + night.labels());
        // Nothing is measured twice to the last digit: by its values, if it has any, a run is known even when its key
        // is
        // what was damaged.
        OptionalLong same = night.values().isEmpty()
                ? find("SELECT id FROM run WHERE run_key = ? AND content = ?", night.key(), content)
                : find("SELECT id FROM run WHERE host = ? AND content = ?", night.host(), content);
        if (same.isPresent()) {
            return AddOutcome.KNOWN;
        }
        OptionalLong known = find("SELECT id FROM run WHERE run_key = ?", night.key());
        if (known.isPresent()) {
            if (isDamaged(night, forks(known.getAsLong()))) {
                return AddOutcome.KEPT;
            }
            delete(known.getAsLong());
        }
        long run = insertRun(night, content);
        insertEnvironment(run, night);
        insertPoints(run, night);
        return known.isPresent() ? AddOutcome.REPLACED : AddOutcome.ADDED;
    }

    /** A run that goes on has more forks and loses none, whatever an interruption cut off. */
    private static boolean isDamaged(NightRun night, Set<Fork> before) {
        Set<Fork> now = new HashSet<>();
        for (NightValue value : night.values()) {
            value.forks().keySet().forEach(round -> now.add(new Fork(value.configuration(), String.valueOf(round))));
        }
        return !now.containsAll(before)
                || (now.size() == before.size() && !night.warnings().isEmpty());
    }

    private record Fork(Configuration configuration, String round) {}

    private Set<Fork> forks(long run) throws SQLException, StoreException {
        Set<Fork> forks = new HashSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT c.benchmark, c.mode, c.threads, c.params, p.forks FROM point p"
                        + " JOIN series s ON s.id = p.series_id JOIN configuration c ON c.id = s.configuration_id"
                        + " WHERE p.run_id = ?")) {
            statement.setLong(1, run);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Configuration configuration = new Configuration(
                            row.getString(1), row.getString(2), row.getInt(3), StoreJson.read(row.getString(4)));
                    StoreJson.read(row.getString(5))
                            .keySet()
                            .forEach(round -> forks.add(new Fork(configuration, round)));
                }
            }
        }
        return forks;
    }

    /** Removes a run and its points. */
    void delete(long run) throws SQLException {
        for (String table : new String[] {"point", "run_environment"}) {
            execute("DELETE FROM " + table + " WHERE run_id = ?", run);
        }
        execute("DELETE FROM run WHERE id = ?", run);
    }

    private long insertRun(NightRun night, String content) throws SQLException {
        long id = nextId("run");
        execute(
                "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                night.key(),
                content,
                night.source(),
                night.host(),
                StoreJson.write(night.labels()),
                night.environment().fact("virtualization.platform").orElse("unknown"),
                night.started().toEpochMilli(),
                Instant.now().toEpochMilli());
        return id;
    }

    private void insertEnvironment(long run, NightRun night) throws SQLException {
        for (Map.Entry<String, Map<String, String>> section :
                night.environment().sections().entrySet()) {
            Map<String, String> keyed = new LinkedHashMap<>(night.environment().section(section.getKey()));
            String facts = StoreJson.write(keyed);
            String digest = digest(section.getKey() + facts);
            OptionalLong known = find("SELECT id FROM environment WHERE digest = ?", digest);
            long id = known.isPresent() ? known.getAsLong() : nextId("environment");
            if (known.isEmpty()) {
                execute("INSERT INTO environment VALUES (?, ?, ?, ?)", id, digest, section.getKey(), facts);
            }
            execute("INSERT INTO run_environment VALUES (?, ?)", run, id);
        }
    }

    private void insertPoints(long run, NightRun night) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO point VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (NightValue value : night.values()) {
                insert.setLong(1, series(night, value));
                insert.setLong(2, run);
                insert.setLong(3, night.started().toEpochMilli());
                insert.setLong(4, phrase(value.settings()));
                insert.setLong(5, phrase(StoreJson.write(value.facts())));
                OptionalDouble mean = value.value();
                if (mean.isPresent()) {
                    insert.setDouble(6, mean.getAsDouble());
                } else {
                    insert.setNull(6, Types.DOUBLE);
                }
                insert.setString(7, value.excluded());
                insert.setString(8, forks(value));
                insert.setString(9, StoreJson.write(value.secondary()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** By round, such as {@code {"1":"9.31","2":"9.05 contaminated"}}. */
    private static String forks(NightValue value) {
        Map<String, String> forks = new LinkedHashMap<>();
        value.forks().forEach((round, fork) -> {
            String reason = value.leftOut().getOrDefault(round, "");
            forks.put(String.valueOf(round), reason.isEmpty() ? String.valueOf(fork) : fork + " " + reason);
        });
        return StoreJson.write(forks);
    }

    private long series(NightRun night, NightValue value) throws SQLException {
        long configuration = configuration(value.configuration());
        String labels = StoreJson.write(night.labels());
        OptionalLong known = find(
                "SELECT id FROM series WHERE host = ? AND labels = ? AND configuration_id = ? AND metric = ? AND unit = ?",
                night.host(),
                labels,
                configuration,
                value.metric(),
                value.unit());
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long id = nextId("series");
        execute(
                "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                night.host(),
                labels,
                configuration,
                value.metric(),
                value.unit(),
                value.better().name());
        return id;
    }

    private long configuration(Configuration configuration) throws SQLException {
        String params = StoreJson.write(configuration.params());
        OptionalLong known = find(
                "SELECT id FROM configuration WHERE benchmark = ? AND mode = ? AND threads = ? AND params = ?",
                configuration.benchmark(),
                configuration.mode(),
                configuration.threads(),
                params);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long id = nextId("configuration");
        execute(
                "INSERT INTO configuration VALUES (?, ?, ?, ?, ?)",
                id,
                configuration.benchmark(),
                configuration.mode(),
                configuration.threads(),
                params);
        return id;
    }

    private long phrase(String text) throws SQLException {
        String digest = digest(text);
        OptionalLong known = find("SELECT id FROM phrase WHERE digest = ?", digest);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long id = nextId("phrase");
        execute("INSERT INTO phrase VALUES (?, ?, ?)", id, digest, text);
        return id;
    }

    /** Numbers of one table are given by one writer at a time: the transaction holds the lock. */
    private long nextId(String table) throws SQLException {
        Long next = nextIds.get(table);
        if (next == null) {
            next = find("SELECT COALESCE(MAX(id), 0) FROM " + table).orElse(0);
        }
        nextIds.put(table, next + 1);
        return next + 1;
    }

    private OptionalLong find(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
