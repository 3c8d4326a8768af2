package dev.tare.app;

import dev.tare.app.TpcbTransaction.Kind;
import java.io.IOException;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A client of the bank. */
public abstract class TpcbClient extends DatabaseClient {
    private final Kind kind;

    private TpcbClient(Kind kind) {
        this.kind = kind;
    }

    /** Books to accounts, tellers and branches. */
    @State(Scope.Thread)
    public static class TpcbLike extends TpcbClient {
        public TpcbLike() {
            super(Kind.TPCB_LIKE);
        }
    }

    /** Books to accounts alone. */
    @State(Scope.Thread)
    public static class SimpleUpdate extends TpcbClient {
        public SimpleUpdate() {
            super(Kind.SIMPLE_UPDATE);
        }
    }

    /** Reads balances. */
    @State(Scope.Thread)
    public static class SelectOnly extends TpcbClient {
        public SelectOnly() {
            super(Kind.SELECT_ONLY);
        }
    }

    /** Joins the bank. */
    @Setup(Level.Trial)
    public void join(DatabaseLink link, TpcbTables bank, ThreadParams threads) throws IOException {
        SplittableRandom random = new SplittableRandom(seed * 31 + threads.getThreadIndex());
        open(link, threads, connection -> new TpcbTransaction(kind, bank.branches(), random, connection));
    }
}
