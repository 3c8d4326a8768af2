package dev.tare.history.store;

import dev.tare.history.night.AbsentNight;
import dev.tare.history.night.NightRun;
import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All nights in SQL. Whatever is written is written in one transaction under one lock of the whole store: a program that
 * dies leaves nothing half written, and several programs that add at once wait for each other.
 */
public final class HistoryStore implements AutoCloseable {
    /** Any number that no other program locks in PostgreSQL. */
    private static final long LOCK = 0x74617265L;

    private final StoreLocation location;
    private final Connection connection;

    private HistoryStore(StoreLocation location, Connection connection) {
        this.location = location;
        this.connection = connection;
    }

    /**
     * Opens a store for adding; a file or tables that are absent are made.
     *
     * @param location a file, or {@code jdbc:postgresql:...}
     * @throws StoreException when it cannot be reached, is damaged, or a later version of Tare made it
     */
    public static HistoryStore openOrMake(String location) throws StoreException {
        return open(new StoreLocation(location), true);
    }

    /**
     * Opens a store that exists.
     *
     * @throws StoreException as {@link #openOrMake}, and when it does not exist
     */
    public static HistoryStore open(String location) throws StoreException {
        return open(new StoreLocation(location), false);
    }

    private static HistoryStore open(StoreLocation location, boolean mayBeMade) throws StoreException {
        HistoryStore store = new HistoryStore(location, location.connect(mayBeMade));
        try {
            store.requireSchema(mayBeMade);
            return store;
        } catch (StoreException e) {
            store.close();
            throw e;
        }
    }

    private void requireSchema(boolean mayBeMade) throws StoreException {
        StoreSchema schema = new StoreSchema(connection, location.isPostgres());
        int version = ask(schema::version);
        if (version == StoreSchema.NONE && mayBeMade) {
            version = change(schema::make);
        }
        if (version == StoreSchema.NONE) {
            throw new StoreException(location.shown() + ": holds no history; expected a store that 'history add' made");
        }
        if (version != StoreSchema.CURRENT) {
            throw new StoreException(location.shown() + ": expected schema " + StoreSchema.CURRENT
                    + ", which this version of Tare reads and writes, got " + version
                    + "; use the version that made it, or a later one");
        }
    }

    /** What it is called, without credentials. */
    public String name() {
        return location.shown();
    }

    /** Adds a run, unless the store has it as it is; whole or not at all. */
    public AddOutcome add(NightRun night) throws StoreException {
        return change(() -> new NightRows(connection).add(night));
    }

    /** Keeps why a host measured nothing in a night, unless the store has it as it is. */
    public AddOutcome add(AbsentNight night) throws StoreException {
        return change(() -> new AbsentRows(connection).add(night));
    }

    /** Nights in which a host measured nothing, by host and time. */
    public List<AbsentNight> absent() throws StoreException {
        return ask(() -> new AbsentRows(connection).all());
    }

    /** All runs by their start. */
    public List<StoredRun> runs() throws StoreException {
        return ask(() -> {
            List<StoredRun> runs = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT id, run_key, source, host, labels, platform, started_ms"
                                    + " FROM run ORDER BY started_ms, id")) {
                while (row.next()) {
                    runs.add(new StoredRun(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            StoreJson.read(row.getString(5)),
                            row.getString(6),
                            Instant.ofEpochMilli(row.getLong(7))));
                }
            }
            return runs;
        });
    }

    /** All series by host, benchmark and parameters. */
    public List<StoredSeries> series() throws StoreException {
        return ask(() -> {
            List<StoredSeries> series = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT s.id, s.host, s.labels, c.benchmark, c.mode, c.threads,"
                                    + " c.params, s.metric, s.unit, s.better FROM series s JOIN configuration c"
                                    + " ON c.id = s.configuration_id ORDER BY s.host, s.labels, c.benchmark, c.mode, c.threads,"
                                    + " c.params, s.metric, s.id")) {
                while (row.next()) {
                    series.add(new StoredSeries(
                            row.getLong(1),
                            row.getString(2),
                            StoreJson.read(row.getString(3)),
                            new Configuration(
                                    row.getString(4),
                                    row.getString(5),
                                    row.getInt(6),
                                    StoreJson.read(row.getString(7))),
                            row.getString(8),
                            row.getString(9),
                            Direction.valueOf(row.getString(10))));
                }
            }
            return series;
        });
    }

    /** The nights of a series in the order of time, in whatever order they were added. */
    public List<StoredPoint> points(long seriesId) throws StoreException {
        return ask(() -> {
            List<StoredPoint> points = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT run_id, started_ms, settings_id,"
                    + " value, excluded FROM point WHERE series_id = ? ORDER BY started_ms, run_id")) {
                statement.setLong(1, seriesId);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        double value = row.getDouble(4);
                        boolean absent = row.wasNull();
                        points.add(new StoredPoint(
                                row.getLong(1),
                                Instant.ofEpochMilli(row.getLong(2)),
                                row.getLong(3),
                                absent ? OptionalDouble.empty() : OptionalDouble.of(value),
                                row.getString(5)));
                    }
                }
            }
            return points;
        });
    }

    /** The values of the forks that count in one night of a series, by their rounds. */
    public List<Double> forks(long seriesId, long runId) throws StoreException {
        return ask(() -> {
            List<Double> forks = new ArrayList<>();
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT forks FROM point WHERE series_id = ? AND run_id = ?")) {
                statement.setLong(1, seriesId);
                statement.setLong(2, runId);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        // Behind the value of one that does not count stands why.
                        StoreJson.read(row.getString(1)).entrySet().stream()
                                .filter(fork -> !fork.getValue().contains(" "))
                                .sorted(Comparator.comparingInt(fork -> Integer.parseInt(fork.getKey())))
                                .forEach(fork -> forks.add(Double.valueOf(fork.getValue())));
                    }
                }
            }
            return forks;
        });
    }

    /** What the environment said in a run, by {@code section.name}. */
    public SortedMap<String, String> environment(long runId) throws StoreException {
        return ask(() -> {
            SortedMap<String, String> facts = new TreeMap<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT e.facts FROM environment e"
                    + " JOIN run_environment r ON r.environment_id = e.id WHERE r.run_id = ?")) {
                statement.setLong(1, runId);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        facts.putAll(StoreJson.read(row.getString(1)));
                    }
                }
            }
            return facts;
        });
    }

    /** How a configuration was measured, in words. */
    public String settings(long settingsId) throws StoreException {
        return ask(() -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT content FROM phrase WHERE id = ?")) {
                statement.setLong(1, settingsId);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getString(1) : "";
                }
            }
        });
    }

    /** Changes that people know. */
    public List<AcceptedChange> accepted() throws StoreException {
        return ask(() -> {
            List<AcceptedChange> accepted = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT series_id, kind, at_ms, because FROM accepted ORDER BY series_id, kind, at_ms")) {
                while (row.next()) {
                    accepted.add(new AcceptedChange(
                            row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)), row.getString(4)));
                }
            }
            return accepted;
        });
    }

    /** Keeps that changes are known; of one that is known already, the newer reason. */
    public void accept(List<AcceptedChange> changes) throws StoreException {
        change(() -> {
            try (PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM accepted WHERE series_id = ? AND kind = ? AND at_ms = ?");
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO accepted VALUES (?, ?, ?, ?, ?)")) {
                for (AcceptedChange accepted : changes) {
                    for (PreparedStatement statement : List.of(delete, insert)) {
                        statement.setLong(1, accepted.seriesId());
                        statement.setString(2, accepted.kind());
                        statement.setLong(3, accepted.at().toEpochMilli());
                    }
                    insert.setString(4, accepted.because());
                    insert.setLong(5, Instant.now().toEpochMilli());
                    delete.executeUpdate();
                    insert.executeUpdate();
                }
            }
            return changes.size();
        });
    }

    /** Removes runs with all that is left of them alone, and nights without one, and gives their room back. */
    public void forget(List<StoredRun> runs, List<AbsentNight> absent) throws StoreException {
        change(() -> {
            NightRows rows = new NightRows(connection);
            for (StoredRun run : runs) {
                rows.delete(run.id());
            }
            AbsentRows absentRows = new AbsentRows(connection);
            for (AbsentNight night : absent) {
                absentRows.delete(night);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM accepted WHERE series_id NOT IN (SELECT series_id FROM point)");
                statement.execute("DELETE FROM series WHERE id NOT IN (SELECT series_id FROM point)");
                statement.execute(
                        "DELETE FROM environment WHERE id NOT IN (SELECT environment_id FROM run_environment)");
                statement.execute("DELETE FROM configuration WHERE id NOT IN (SELECT configuration_id FROM series)");
                statement.execute("DELETE FROM phrase WHERE id NOT IN (SELECT settings_id FROM point)"
                        + " AND id NOT IN (SELECT facts_id FROM point)");
            }
            return runs.size();
        });
        ask(() -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("VACUUM");
            }
        });
    }

    /** Something that is asked or done. */
    private interface Work<T> {
        T run() throws SQLException, StoreException;
    }

    private <T> T ask(Work<T> work) throws StoreException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw location.failure(e);
        }
    }

    private <T> T change(Work<T> work) throws StoreException {
        try {
            connection.setAutoCommit(false);
            try {
                if (location.isPostgres()) {
                    try (Statement lock = connection.createStatement()) {
                        lock.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                    }
                }
                T result = work.run();
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (SQLException | StoreException | RuntimeException e) {
                rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw location.failure(e);
        }
    }

    /** On a connection that is lost the server does it by itself; the first reason is the one that counts. */
    private void rollBack(Exception reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() throws StoreException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw location.failure(e);
        }
    }
}
