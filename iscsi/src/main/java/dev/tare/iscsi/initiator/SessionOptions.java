package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.Credentials;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a session is opened and how long it waits.
 *
 * @param initiator our IQN
 * @param credentials for CHAP, or null to log in without
 * @param busyPoll spin on the socket instead of sleeping in the kernel: shorter latencies for a whole core
 * @param durableWrites whether a write is on the medium when it is done (FUA)
 */
public record SessionOptions(
        String initiator,
        @Nullable Credentials credentials,
        Digests digests,
        boolean busyPoll,
        boolean durableWrites,
        Waits waits) {
    /** The name under which we log in unless told otherwise. */
    public static final String INITIATOR = "iqn.2026-01.dev.tare:initiator";

    /** What is protected by CRC32C; a target that does not take it ends the login. */
    public record Digests(boolean ofHeader, boolean ofData) {}

    /**
     * How long a session waits.
     *
     * @param connectLimit for the connection and for each answer of the login
     * @param answerLimit for a command, and for the target's silence; then a command is aborted, or the connection given up
     * @param idleLimit after so long without an I/O the connection is looked at before it is used
     */
    public record Waits(Duration connectLimit, Duration answerLimit, Duration idleLimit) {}

    /** No CHAP, no digests, sleeping waits, ten seconds for the login and thirty for a command. */
    public static SessionOptions plain() {
        return new SessionOptions(
                INITIATOR,
                null,
                new Digests(false, false),
                false,
                false,
                new Waits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMillis(100)));
    }

    /** The same with CHAP, or without for null. */
    public SessionOptions withCredentials(@Nullable Credentials newCredentials) {
        return new SessionOptions(initiator, newCredentials, digests, busyPoll, durableWrites, waits);
    }

    /** The same with CRC32C of headers and of data, or without. */
    public SessionOptions withDigests(boolean ofHeader, boolean ofData) {
        return new SessionOptions(
                initiator, credentials, new Digests(ofHeader, ofData), busyPoll, durableWrites, waits);
    }

    /** The same, spinning on the socket or sleeping in the kernel until it is ready. */
    public SessionOptions withBusyPoll(boolean newBusyPoll) {
        return new SessionOptions(initiator, credentials, digests, newBusyPoll, durableWrites, waits);
    }

    /** The same, with each write on the medium when it is done, or whenever the unit likes; a unit that cannot is refused. */
    public SessionOptions withDurableWrites(boolean durable) {
        return new SessionOptions(initiator, credentials, digests, busyPoll, durable, waits);
    }

    /** The same with other limits. */
    public SessionOptions withWaits(Duration connectLimit, Duration answerLimit, Duration idleLimit) {
        return new SessionOptions(
                initiator,
                credentials,
                digests,
                busyPoll,
                durableWrites,
                new Waits(connectLimit, answerLimit, idleLimit));
    }
}
