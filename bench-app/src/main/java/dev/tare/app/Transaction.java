package dev.tare.app;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What one client does again and again on its connection. */
interface Transaction {
    /**
     * Makes one.
     *
     * @return something that came of it
     * @throws IllegalStateException when its result is not the one that it must have
     */
    long make() throws SQLException;

    /** Whether each is a commit that must become durable. */
    default boolean isCommit() {
        return false;
    }

    /**
     * Looks at the data of all clients, outside the measured time.
     *
     * @param observer another connection
     * @param made by all clients since the beginning
     * @throws IllegalStateException when something is not as it must be then
     */
    default void requireTrue(Connection observer, long made) throws SQLException {}

    /** Makes the statements of a client ready. */
    @FunctionalInterface
    interface Preparation {
        Transaction on(Connection connection) throws SQLException;
    }

    /** Refuses a figure that is not what it must be; the same figure otherwise. */
    static long require(String what, long expected, long got) {
        if (got != expected) {
            throw new IllegalStateException(
                    what + ": expected " + expected + ", got " + got
                            + "; the server lost or invented something, or somebody else wrote here: no score of it can be trusted");
        }
        return got;
    }

    /** The first row's numbers. */
    static long[] numbers(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            long[] numbers = new long[row.getMetaData().getColumnCount()];
            for (int column = 0; column < numbers.length; column++) {
                numbers[column] = row.getLong(column + 1);
            }
            return numbers;
        }
    }
}
