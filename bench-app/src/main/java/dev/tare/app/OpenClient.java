package dev.tare.app;

import dev.tare.app.database.ServerActivity;
import dev.tare.app.profile.AppProfiler;
import dev.tare.harness.arrival.Arrivals;
import dev.tare.harness.results.ResponseTimes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A client with its connection: makes transactions and counts how long each took, from when it began or was due. */
final class OpenClient {
    private final DatabaseLink link;
    private final Connection connection;
    private final Transaction transaction;
    /** Null for a closed loop. */
    private final @Nullable Arrivals arrivals;

    private final ResponseTimes responses = new ResponseTimes();
    private long made;
    private long lastEndNs;

    private OpenClient(DatabaseLink link, Connection connection, Transaction transaction, @Nullable Arrivals arrivals) {
        this.link = link;
        this.connection = connection;
        this.transaction = transaction;
        this.arrivals = arrivals;
    }

    /** Joins the database. */
    static OpenClient open(DatabaseLink link, Transaction.Preparation preparation, @Nullable Arrivals arrivals)
            throws IOException {
        Connection connection = link.connect();
        try {
            OpenClient client = new OpenClient(link, connection, preparation.on(connection), arrivals);
            link.acquire();
            return client;
        } catch (SQLException e) {
            throw link.explain("the statements of a client", e);
        }
    }

    void begin() {
        responses.clear();
        made = 0;
        lastEndNs = System.nanoTime();
        if (arrivals != null) {
            arrivals.begin(lastEndNs);
        }
    }

    /** Makes one transaction; its response counts where the call is measured. */
    long step(boolean measured) throws IOException {
        long beginNs;
        if (arrivals == null) {
            beginNs = System.nanoTime();
        } else {
            arrivals.await();
            beginNs = arrivals.take();
        }
        long result;
        try {
            result = transaction.make();
        } catch (SQLException e) {
            throw link.explain("a transaction", e);
        }
        lastEndNs = System.nanoTime();
        made++;
        if (measured) {
            responses.record(lastEndNs - beginNs);
        }
        return result;
    }

    /** Hands over what was counted. */
    void end() throws IOException {
        if (arrivals != null) {
            arrivals.end(lastEndNs, responses, AppProfiler.RESULTS);
        }
        AppProfiler.RESULTS.record("response", responses);
        try {
            ServerActivity.tell(connection);
        } catch (SQLException e) {
            throw link.explain("the counts of a client", e);
        }
        link.ended(made, transaction);
    }

    void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw link.explain("the end of a connection", e);
        } finally {
            link.release();
        }
    }
}
