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
 * [NIGHTS]]]}, of which 200, 52 and 365 are what docs/history.md has. The first host's nights are added as any; the others are copies
 * of them in SQL with noise of their own. Every twentieth host is slower by 5 % since the last fifth of its nights.
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
        timed("filling the store", () -> {
            try (HistoryStore opened = HistoryStore.openOrMake(store)) {
                for (int night = 0; night < nights; night++) {
                    opened.add(night(1, night).run());
                }
            }
            copyHosts();
        });
        for (int host : new int[] {1, hosts / 2 + 1, hosts}) {
            timed("adding a night of host " + host, () -> {
                try (HistoryStore opened = HistoryStore.open(store)) {
                    opened.add(night(host, nights).run());
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

    private void copyHosts() throws StoreException, SQLException {
        try (Connection connection = new StoreLocation(store).connect(false);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int host = 2; host <= hosts; host++) {
                long runs = (host - 1L) * nights;
                long series = (host - 1L) * configurations;
                sql.execute(
                        "INSERT INTO run SELECT id + " + runs + ", run_key || '-" + host + "', content, source, 'host"
                                + host + "', labels, platform, started_ms, added_ms FROM run WHERE id <= " + nights);
                sql.execute("INSERT INTO run_environment SELECT run_id + " + runs
                        + ", environment_id FROM run_environment WHERE run_id <= " + nights);
                sql.execute("INSERT INTO series SELECT id + " + series + ", 'host" + host
                        + "', labels, configuration_id, metric, unit, better FROM series WHERE id <= "
                        + configurations);
                // A square modulo a prime: noise between 0.97 and 1.03 that no neighbour resembles.
                String number = "((CAST(series_id AS BIGINT) * 7919 + CAST(run_id AS BIGINT) * 104729 + " + host
                        + " * 1299709) % 1000003)";
                sql.execute("INSERT INTO point SELECT series_id + " + series + ", run_id + " + runs
                        + ", started_ms, settings_id, facts_id, value * " + factor(host) + " * (0.97 + 0.06 * ("
                        + number + " * " + number
                        + " % 1000003) / 1000003.0), excluded, forks, secondary FROM point WHERE run_id <= " + nights);
            }
            connection.commit();
        }
    }

    private String factor(int host) {
        long sinceMs = WrittenNight.FIRST.plus(Duration.ofDays(slowerSince())).toEpochMilli();
        return isSlower(host, nights) ? "CASE WHEN started_ms >= " + sinceMs + " THEN " + SLOWER + " ELSE 1 END" : "1";
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
