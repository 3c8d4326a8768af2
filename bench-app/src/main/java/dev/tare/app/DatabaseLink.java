package dev.tare.app;

import dev.tare.app.database.DatabaseAddress;
import dev.tare.app.database.DatabaseAddress.Protocol;
import dev.tare.app.database.OwnSchema;
import dev.tare.app.database.ServerActivity;
import dev.tare.app.database.ServerFailure;
import dev.tare.app.database.ServerSettings;
import dev.tare.app.profile.AppProfiler;
import dev.tare.app.server.EmbeddedServer;
import dev.tare.app.server.FlushTime;
import dev.tare.harness.Facts;
import dev.tare.harness.Parameters;
import dev.tare.harness.Reasons;
import dev.tare.machine.cpu.CpuTimes;
import dev.tare.machine.cpu.ProcessTimes;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.AggregationPolicy;

/** The database that all clients of a benchmark share: the server or the way to it, a schema of ours, and what it costs. */
@State(Scope.Benchmark)
public class DatabaseLink {
    static final String EMBEDDED = "embedded";
    private static final String NONE = "none";
    private static final String TEMPORARY = "temporary";

    /** What PostgreSQL takes unless told otherwise. */
    private static final int USUAL_CONNECTIONS = 100;
    /** The observer's, and those that a server keeps for its administrator. */
    private static final int OTHER_CONNECTIONS = 10;

    /** Of the connection that looks at the data and removes it: longer than the longest query there. */
    private static final int SILENCE_LIMIT_MS = 1_800_000;

    /**
     * {@code embedded}: a server that the benchmark starts, fills and removes; or {@code jdbc:postgresql://HOST/DATABASE?user=ROLE}:
     * one elsewhere, where the benchmark makes a schema of its own and drops it.
     */
    @Param(EMBEDDED)
    public String database = EMBEDDED;

    /** File with the password for a server elsewhere, or {@code none}: then the driver looks into {@code ~/.pgpass}. */
    @Param(NONE)
    public String passwordFile = NONE;

    /** Where the embedded server's data goes, in a folder of its own; {@code temporary}: into java.io.tmpdir. */
    @Param(TEMPORARY)
    public String dataFolder = TEMPORARY;

    /** How statements get to the server: {@code prepared}, {@code extended} or {@code simple}, as pgbench's -M. */
    @Param("prepared")
    public String protocol = "prepared";

    /** Whether a commit waits until it is durable: {@code on} or {@code off}. */
    @Param("on")
    public String synchronousCommit = "on";

    private final Thread hook = new Thread(this::removeOwn, "removes what the benchmark made in the database");
    private @Nullable EmbeddedServer server;
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private DatabaseAddress address;
    private Connection observer;
    private OwnSchema schema;
    private FlushCheck flushCheck;
    private ServerActivity activityAtBegin;
    private OptionalLong serverCpuNsAtBegin = OptionalLong.empty();
    private CpuTimes clientCpuAtBegin;
    private long beganNs;
    private int clients;
    private int ended;
    private int done;
    private long calls;
    private long callsOfAll;

    /**
     * Starts the server or finds the other one, makes the schema, and tells the facts.
     *
     * @throws IOException when there is no server to be had, or it does not do what it is asked for, in words
     */
    @Setup(Level.Trial)
    public void open(BenchmarkParams benchmark) throws IOException {
        requireParameters();
        Protocol spoken = Protocol.of(protocol);
        if (database.equals(EMBEDDED)) {
            int most = Math.max(USUAL_CONNECTIONS, benchmark.getThreads() + OTHER_CONNECTIONS);
            EmbeddedServer started = EmbeddedServer.start(folder(), most);
            server = started;
            address = DatabaseAddress.of(started.url(), spoken)
                    .withUser(started.user())
                    .withPassword(started.password());
        } else {
            DatabaseAddress elsewhere = DatabaseAddress.of(database, spoken);
            address = passwordFile.equals(NONE)
                    ? elsewhere
                    : elsewhere.withPasswordOf(Parameters.path("passwordFile", passwordFile));
        }
        observer = address.connect();
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            observer.setNetworkTimeout(Runnable::run, SILENCE_LIMIT_MS);
            schema = OwnSchema.create(observer);
            prepare(observer);
            flushCheck = told(ServerSettings.facts(observer));
        } catch (SQLException e) {
            throw explain("a schema of the benchmark's own", e);
        }
    }

    /** What can be checked without the server. */
    void requireParameters() {
        if (!database.equals(EMBEDDED)) {
            DatabaseAddress.require(database);
        }
        Protocol.of(protocol);
        Parameters.oneOf("synchronousCommit", synchronousCommit, "on", "off");
        Parameters.path("passwordFile", passwordFile);
        Parameters.path("dataFolder", dataFolder);
    }

    /** Where the folder of an embedded server goes. */
    Path folder() {
        return Parameters.path(
                        "dataFolder", dataFolder.equals(TEMPORARY) ? System.getProperty("java.io.tmpdir") : dataFolder)
                .toAbsolutePath()
                .normalize();
    }

    private FlushCheck told(Map<String, String> settings) throws IOException {
        EmbeddedServer own = server;
        String fileSystem = "";
        OptionalLong flushNs = OptionalLong.empty();
        if (own != null) {
            fileSystem = Files.getFileStore(own.data()).type();
            flushNs = OptionalLong.of(FlushTime.medianNs(own.data().resolveSibling("")));
        }
        Facts.print("database", own == null ? DatabaseAddress.shown(database) : "a process of ours");
        Facts.print(settings);
        Facts.print("database-file-system", own == null ? "unknown" : fileSystem);
        Facts.print("response-times", VirtualizationDetector.detectHere().localClockLabel());
        boolean asked = !"off".equals(settings.get("database-fsync"))
                && !"off".equals(settings.get("database-synchronous-commit"));
        return new FlushCheck(asked, fileSystem, flushNs);
    }

    /** A connection of a client, in our schema. */
    Connection connect() throws IOException {
        try {
            Connection connection = address.connect();
            connections.add(connection);
            connection.setSchema(schema.name());
            prepare(connection);
            return connection;
        } catch (SQLException e) {
            throw explain("a connection of a client", e);
        } catch (ServerFailure e) {
            throw withLastWords(e);
        }
    }

    /** Settings that decide what is measured: one core a client, and no compiler that some builds lack. */
    private void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit TO " + synchronousCommit);
            statement.execute("SET max_parallel_workers_per_gather TO 0");
            statement.execute("SET jit TO off");
        }
    }

    /** The connection for what is not measured. */
    Connection observer() {
        return observer;
    }

    /** The folder of the server's data; null where it is not here. */
    @Nullable
    Path data() {
        return server == null ? null : server.data();
    }

    /** Writes everything to the disk where that is allowed, so that what was filled in is not written while it is measured. */
    void settle() throws SQLException {
        if (server != null) {
            try (Statement statement = observer.createStatement()) {
                statement.execute("CHECKPOINT");
            }
        }
    }

    /** The failure in words, and how the embedded server has ended and what it said last, if it has. */
    IOException explain(String what, SQLException failure) {
        return withLastWords(ServerFailure.of(what, failure));
    }

    private IOException withLastWords(IOException failure) {
        EmbeddedServer own = server;
        return own == null ? failure : own.withLastWords(failure);
    }

    /** Notes what server and clients have used; before any client of this iteration begins. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        try {
            ServerActivity.tell(observer);
            activityAtBegin = ServerActivity.now(observer);
        } catch (SQLException e) {
            throw explain("the server's counts", e);
        }
        ended = 0;
        calls = 0;
        serverCpuNsAtBegin = serverCpuNs();
        clientCpuAtBegin = CpuTimes.ofProcess();
        beganNs = System.nanoTime();
    }

    private OptionalLong serverCpuNs() {
        return server == null ? OptionalLong.empty() : ProcessTimes.ofProcessNs(server.pid());
    }

    /** A client begins to use the database. */
    synchronized void acquire() {
        clients++;
    }

    /**
     * A client has ended an iteration; with the last, what it cost is recorded and the data is looked at.
     *
     * @param made how many transactions in this iteration, measured or not
     */
    synchronized void ended(long made, Transaction transaction) throws IOException {
        calls += made;
        ended++;
        if (ended < clients) {
            return;
        }
        callsOfAll += calls;
        long ns = System.nanoTime() - beganNs;
        OptionalLong serverCpuNs = serverCpuNs();
        CpuTimes clientCpu = CpuTimes.ofProcess().minus(clientCpuAtBegin);
        try {
            ServerActivity activity = ServerActivity.now(observer);
            if (calls > 0) {
                serverCpuNs.ifPresent(now -> serverCpuNsAtBegin.ifPresent(
                        before -> perCall("serverCpuMs", (now - before) / 1e6, "ms/transaction")));
                perCall("clientCpuMs", clientCpu.ownS() * 1e3, "ms/transaction");
                perCall("walBytes", (double) activity.walBytesSince(activityAtBegin), "bytes/transaction");
                activity.hitPercentSince(activityAtBegin)
                        .ifPresent(percent ->
                                AppProfiler.RESULTS.record("bufferHitPercent", percent, "%", AggregationPolicy.AVG));
            }
            flushCheck.record();
            if (transaction.isCommit()) {
                flushCheck.observe(calls, clients, ns);
            }
            transaction.requireTrue(observer, callsOfAll);
        } catch (SQLException e) {
            throw explain("a look at the data", e);
        }
    }

    private void perCall(String name, double value, String unit) {
        AppProfiler.RESULTS.record(name, value / calls, unit, AggregationPolicy.AVG);
    }

    /** A client is done. The last one ends everything: JMH tears a shared state down when the first of its threads is through. */
    synchronized void release() throws IOException {
        // Not fewer clients: in the last iteration some are done while others still end it.
        done++;
        if (done < clients) {
            return;
        }
        Facts.print("commits-durable", flushCheck.verdict());
        try {
            close();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (SQLException e) {
            throw explain("the end of the schema", e);
        }
    }

    private void close() throws SQLException, IOException {
        try (EmbeddedServer own = server;
                Connection last = observer) {
            if (own == null && schema != null && !last.isClosed()) {
                schema.close();
            }
        }
    }

    /** After a failure, when JMH tears nothing down. */
    private void removeOwn() {
        try {
            for (Connection client : connections) {
                // Its transaction, which has failed or hangs, would keep the schema from going.
                client.abort(Runnable::run);
            }
            close();
        } catch (SQLException | IOException e) {
            System.err.println("cannot remove what the benchmark made in the database: " + Reasons.of(e)
                    + "; the next benchmark in it tries again");
        }
    }
}
