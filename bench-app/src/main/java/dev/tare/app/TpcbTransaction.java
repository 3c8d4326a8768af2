package dev.tare.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * A transaction of the bank: the statements of pgbench's built-in scripts, one round trip each, also begin and end, with keys
 * that are uniform over the whole bank.
 */
final class TpcbTransaction implements Transaction {
    private static final int LARGEST_AMOUNT = 5000;

    private static final String SUMS = "SELECT (SELECT count(*) FROM pgbench_accounts),"
            + " (SELECT count(*) FROM pgbench_history),"
            + " (SELECT coalesce(sum(delta), 0) FROM pgbench_history),"
            + " (SELECT coalesce(sum(abalance), 0) FROM pgbench_accounts),"
            + " (SELECT coalesce(sum(tbalance), 0) FROM pgbench_tellers),"
            + " (SELECT coalesce(sum(bbalance), 0) FROM pgbench_branches)";

    private final Kind kind;
    private final int branches;
    private final SplittableRandom random;
    private final PreparedStatement begin;
    private final PreparedStatement addToAccount;
    private final PreparedStatement balanceOfAccount;
    private final PreparedStatement addToTeller;
    private final PreparedStatement addToBranch;
    private final PreparedStatement book;
    private final PreparedStatement end;

    /** What a transaction does. */
    enum Kind {
        /** Books an amount to an account, its teller and its branch: {@code pgbench -b tpcb-like}. */
        TPCB_LIKE,
        /** Books it to the account alone: {@code pgbench -b simple-update}. */
        SIMPLE_UPDATE,
        /** Reads a balance: {@code pgbench -b select-only}. */
        SELECT_ONLY
    }

    TpcbTransaction(Kind kind, int branches, SplittableRandom random, Connection connection) throws SQLException {
        this.kind = kind;
        this.branches = branches;
        this.random = random;
        begin = connection.prepareStatement("BEGIN");
        addToAccount = connection.prepareStatement("UPDATE pgbench_accounts SET abalance = abalance + ? WHERE aid = ?");
        balanceOfAccount = connection.prepareStatement("SELECT abalance FROM pgbench_accounts WHERE aid = ?");
        addToTeller = connection.prepareStatement("UPDATE pgbench_tellers SET tbalance = tbalance + ? WHERE tid = ?");
        addToBranch = connection.prepareStatement("UPDATE pgbench_branches SET bbalance = bbalance + ? WHERE bid = ?");
        book = connection.prepareStatement("INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)"
                + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)");
        end = connection.prepareStatement("END");
    }

    @Override
    public long make() throws SQLException {
        int account = number(branches * TpcbTables.ACCOUNTS_PER_BRANCH);
        if (kind == Kind.SELECT_ONLY) {
            return balance(account);
        }
        int branch = number(branches);
        int teller = number(branches * TpcbTables.TELLERS_PER_BRANCH);
        int amount = random.nextInt(-LARGEST_AMOUNT, LARGEST_AMOUNT + 1);
        begin.execute();
        add(addToAccount, amount, account);
        long balance = balance(account);
        if (kind == Kind.TPCB_LIKE) {
            add(addToTeller, amount, teller);
            add(addToBranch, amount, branch);
        }
        book.setInt(1, teller);
        book.setInt(2, branch);
        book.setInt(3, account);
        book.setInt(4, amount);
        book.executeUpdate();
        end.execute();
        return balance;
    }

    private int number(int most) {
        return random.nextInt(most) + 1;
    }

    private static void add(PreparedStatement statement, int amount, int key) throws SQLException {
        statement.setInt(1, amount);
        statement.setInt(2, key);
        if (statement.executeUpdate() != 1) {
            throw new IllegalStateException("row " + key + ": expected one to be updated, got none or several");
        }
    }

    private long balance(int account) throws SQLException {
        balanceOfAccount.setInt(1, account);
        try (ResultSet row = balanceOfAccount.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("account " + account + ": expected its balance, got no row");
            }
            return row.getInt(1);
        }
    }

    @Override
    public boolean isCommit() {
        return kind != Kind.SELECT_ONLY;
    }

    /** TPC-B's conditions: every amount that was booked is in the sums that it belongs to, every transaction in the history. */
    @Override
    public void requireTrue(Connection observer, long made) throws SQLException {
        long[] sums = Transaction.numbers(observer, SUMS);
        long booked = sums[2];
        long bookedToAll = kind == Kind.TPCB_LIKE ? booked : 0;
        Transaction.require("rows of accounts", (long) branches * TpcbTables.ACCOUNTS_PER_BRANCH, sums[0]);
        Transaction.require("rows of history, one a transaction", isCommit() ? made : 0, sums[1]);
        Transaction.require("sum of all accounts, by the history", booked, sums[3]);
        Transaction.require("sum of all tellers, by the history", bookedToAll, sums[4]);
        Transaction.require("sum of all branches, by the history", bookedToAll, sums[5]);
    }
}
