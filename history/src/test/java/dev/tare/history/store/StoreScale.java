package dev.tare.history.store;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * Fills a store with a fleet's year and prints how long the next night takes: {@code StoreScale STORE [HOSTS [CONFIGURATIONS
 * [NIGHTS]]]}, of which 200, 52 and 365 are what docs/history.md has. A store that it has filled with the same numbers is used
 * again: its next night is added, and all is checked. The first host's nights are added as any; the others are copies of them
 * in SQL with noise of their own. Every twentieth host is slower by 5 % since the last fifth of its nights.
 */
final class StoreScale {
    private static final double NOISE = 0.02;
    private static final int SLOWER_HOSTS = 20;
    private static final double SLOWER = 0.95;

    private final String store;
    private final int hosts;
    private final int configurations;
    private final int nights;
    private final Random random = new Random(17);

    private StoreScale(String store, int hosts, int configurations, int nights) {
        this.store = store;
        this.hosts = hosts;
        this.configurations = configurations;
        this.nights = nights;
    }

    public static void main(String[] arguments) throws Exception {
        new StoreScale(arguments[0], number(arguments, 1, 200), number(arguments, 2, 52), number(arguments, 3, 365))
                .run();
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run() throws StoreException, SQLException {
        int[] addedTo = {1, hosts / 2 + 1, hosts};
        int runs = filledRuns();
        if (runs == 0) {
            timed("filling the store", this::fill);
            runs = hosts * nights;
        }
        int more = runs - hosts * nights;
        if (more < 0 || more % addedTo.length != 0) {
            throw new IllegalArgumentException("expected an empty store, or the " + hosts * nights + " nights of "
                    + hosts + " hosts and some of " + addedTo.length + " more, got " + runs + "; name an empty store");
        }
        int next = nights + more / addedTo.length;
        for (int host : addedTo) {
            timed("adding a night of host " + host, () -> {
                try (HistoryStore opened = HistoryStore.open(store)) {
                    opened.add(night(host, next).run());
                }
            });
        }
        timed("checking all series", () -> {
            try (HistoryStore opened = HistoryStore.open(store)) {
                HistoryCheck check = HistoryCheck.of(opened, ChangeRule.DEFAULT, any -> true);
                System.out.println(
                        check.series() + " series, " + check.findings().size() + " changes");
            }
        });
    }

    private int filledRuns() throws StoreException {
        try (HistoryStore opened = HistoryStore.openOrMake(store)) {
            return opened.runs().size();
        }
    }

    private void fill() throws StoreException, SQLException {
        try (HistoryStore opened = HistoryStore.open(store)) {
            for (int night = 0; night < nights; night++) {
                opened.add(night(1, night).run());
            }
        }
        copyHosts();
    }

    private WrittenNight night(int host, int night) {
        WrittenNight written = new WrittenNight("host" + host, night);
        for (int i = 0; i < configurations; i++) {
            double[] forks = new double[5];
            double level = 100 * (isSlower(host, night) ? SLOWER : 1) * Math.exp(NOISE * random.nextGaussian());
            for (int fork = 0; fork < forks.length; fork++) {
                forks[fork] = level * Math.exp(NOISE * random.nextGaussian());
            }
            written.value("dev.example.Bench.method" + i, forks);
        }
        return written;
    }

    private boolean isSlower(int host, int night) {
        return host % SLOWER_HOSTS == 0 && night >= slowerSince();
    }

    private int slowerSince() {
        return nights * 4 / 5;
    }

    /** One statement a table: a host at a time, PostgreSQL would read all that is copied already for each. */
    private void copyHosts() throws StoreException, SQLException {
        StoreLocation location = new StoreLocation(store);
        try (Connection connection = location.connect(false);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (location.isPostgres()) {
                // Copies refer to rows that are there; asking for each of them takes longer than all else. A superuser
                // may leave
                // it.
                sql.execute("SET LOCAL session_replication_role = replica");
            }
            insert(
                    sql,
                    "run",
                    "id + n * " + nights + ", run_key || '-' || (n + 1), content, source, 'host' || (n + 1), labels,"
                            + " platform, started_ms, added_ms");
            insert(sql, "run_environment", "run_id + n * " + nights + ", environment_id");
            insert(
                    sql,
                    "series",
                    "id + n * " + configurations
                            + ", 'host' || (n + 1), labels, configuration_id, metric, unit, better");
            // A square modulo a prime: noise between 0.97 and 1.03 that no neighbour resembles.
            String number =
                    "((CAST(series_id AS BIGINT) * 7919 + CAST(run_id AS BIGINT) * 104729 + CAST(n + 1 AS BIGINT)"
                            + " * 1299709) % 1000003)";
            long slowerSinceMs =
                    WrittenNight.FIRST.plus(Duration.ofDays(slowerSince())).toEpochMilli();
            String level = "CASE WHEN (n + 1) % " + SLOWER_HOSTS + " = 0 AND started_ms >= " + slowerSinceMs + " THEN "
                    + SLOWER + " ELSE 1 END";
            insert(
                    sql,
                    "point",
                    "series_id + n * " + configurations + ", run_id + n * " + nights
                            + ", started_ms, settings_id, facts_id, value * " + level + " * (0.97 + 0.06 * (" + number
                            + " * " + number + " % 1000003) / 1000003.0), excluded, forks, secondary");
            connection.commit();
            if (location.isPostgres()) {
                // What its autovacuum has done after a year of nights.
                connection.setAutoCommit(true);
                sql.execute("VACUUM ANALYZE");
            }
        }
    }

    /** The rows of the first host once more for each other host, of which n is 1 and more. */
    private void insert(Statement sql, String table, String columns) throws SQLException {
        sql.execute("INSERT INTO " + table
                + " WITH RECURSIVE host (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM host WHERE" + " n + 1 < " + hosts
                + ") SELECT " + columns + " FROM host CROSS JOIN " + table + " WHERE n > 0");
    }

    /** Something that is timed. */
    private interface Work {
        void run() throws StoreException, SQLException;
    }

    private static void timed(String what, Work work) throws StoreException, SQLException {
        long beganNs = System.nanoTime();
        work.run();
        Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
        System.out.println(String.format(Locale.ROOT, "%s: %.2f s", what, took.toMillis() / 1e3));
    }
}
