package dev.tare.app;

import dev.tare.app.server.EmbeddedServer;
import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.Parameters;
import dev.tare.harness.arrival.ArrivalRate;
import java.util.Optional;

/**
 * Checks the parameters of this module's benchmarks before a JVM is forked for them. What a server and a disk can do is left to
 * the fork.
 */
public final class AppParameters implements BenchmarkCheck {
    private static final String PACKAGE = AppParameters.class.getPackageName() + ".";

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    @Override
    public void require(Requested requested) {
        DatabaseLink link = new DatabaseLink();
        TpcbTables bank = new TpcbTables();
        TestTable table = new TestTable();
        String[] rate = {ArrivalRate.CLOSED, ArrivalRate.CONSTANT};
        requested.parameters().forEach((name, value) -> {
            switch (name) {
                case "database" -> link.database = value;
                case "passwordFile" -> link.passwordFile = value;
                case "dataFolder" -> link.dataFolder = value;
                case "protocol" -> link.protocol = value;
                case "synchronousCommit" -> link.synchronousCommit = value;
                case "scale" -> bank.scale = value;
                case "tableBytes" -> table.tableBytes = value;
                case "ratePerS" -> rate[0] = value;
                case "arrivals" -> rate[1] = value;
                case "seed" -> Parameters.wholeNumber(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> throw new IllegalStateException(name + ": has no check; add one to " + AppParameters.class);
            }
        });
        link.requireParameters();
        bank.branches();
        table.requireParameters(link.database.equals(DatabaseLink.EMBEDDED));
        ArrivalRate.of(rate[0], rate[1]);
    }

    /** The programs of an embedded server, and a place where its user may go. */
    @Override
    public Optional<String> lacking(Requested requested) {
        DatabaseLink link = new DatabaseLink();
        link.database = requested.parameters().getOrDefault("database", link.database);
        link.dataFolder = requested.parameters().getOrDefault("dataFolder", link.dataFolder);
        return link.database.equals(DatabaseLink.EMBEDDED) ? EmbeddedServer.missing(link.folder()) : Optional.empty();
    }
}
