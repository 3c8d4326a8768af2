package dev.tare.app.database;

import java.io.IOException;
import java.sql.SQLException;

/** Why a server did not do what it was asked for, in words that say what to do. */
public final class ServerFailure extends IOException {
    private ServerFailure(String message, SQLException cause) {
        super(message, cause);
    }

    /**
     * By the state that the server, or the driver in its place, gave the failure; its words follow. None of them has a
     * password in it.
     *
     * @param what was asked for, for people
     */
    public static ServerFailure of(String what, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return new ServerFailure(
                what + ": expected it done, got: "
                        + String.valueOf(failure.getMessage()).strip() + " (SQLSTATE " + state + "); " + advice(state),
                failure);
    }

    /** PostgreSQL's appendix A, "Error Codes". */
    private static String advice(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                "the server does not take this user with this password: check user in the URL, passwordFile and the"
                        + " server's pg_hba.conf";
            case "3D000" -> "make the database, or name another in the URL";
            case "42501" -> "the role may not do this: GRANT CREATE ON DATABASE to it, or take another";
            case "53300", "53400" ->
                "the server is out of connections: measure with fewer threads (-t), or raise its max_connections";
            case "53100" -> "the disk of the server is full: make room, or take a smaller scale or table";
            case "53200" -> "the server is out of memory: give it more, or take a smaller table";
            case "25006" ->
                "the server only reads: name a primary instead of a standby, and see default_transaction_read_only";
            case "57P01", "57P02", "57P03" ->
                "the server was stopped or is starting: measure again when it is up and stays so";
            case "08001" -> "nobody takes connections there: check host and port, and whether the server runs";
            case "08003", "08006", "08P01" ->
                "the connection broke: the server or this backend of it has ended, or the network to it; see its log";
            default -> "see the server's log";
        };
    }
}
