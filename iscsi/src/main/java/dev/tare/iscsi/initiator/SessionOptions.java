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
 * @param connectLimit for the connection and for each answer of the login
 * @param answerLimit for a command, and for the target's silence; then a command is aborted, or the connection given up
 * @param idleLimit after so long without an I/O the connection is looked at before it is used
 */
public record SessionOptions(
        String initiator,
        @Nullable Credentials credentials,
        boolean headerDigest,
        boolean dataDigest,
        boolean busyPoll,
        boolean durableWrites,
        Duration connectLimit,
        Duration answerLimit,
        Duration idleLimit) {
    /** The name under which we log in unless told otherwise. */
    public static final String INITIATOR = "iqn.2026-01.dev.tare:initiator";

    /** No CHAP, no digests, sleeping waits, ten seconds for the login and thirty for a command. */
    public static SessionOptions plain() {
        return new SessionOptions(
                INITIATOR,
                null,
                false,
                false,
                false,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMillis(100));
    }

    /** The same with CHAP, or without for null. */
    public SessionOptions withCredentials(@Nullable Credentials newCredentials) {
        return new SessionOptions(
                initiator,
                newCredentials,
                headerDigest,
                dataDigest,
                busyPoll,
                durableWrites,
                connectLimit,
                answerLimit,
                idleLimit);
    }

    /** The same with CRC32C of headers and of data, or without; a target that does not take them ends the login. */
    public SessionOptions withDigests(boolean ofHeader, boolean ofData) {
        return new SessionOptions(
                initiator,
                credentials,
                ofHeader,
                ofData,
                busyPoll,
                durableWrites,
                connectLimit,
                answerLimit,
                idleLimit);
    }

    /** The same, spinning on the socket or sleeping in the kernel until it is ready. */
    public SessionOptions withBusyPoll(boolean newBusyPoll) {
        return new SessionOptions(
                initiator,
                credentials,
                headerDigest,
                dataDigest,
                newBusyPoll,
                durableWrites,
                connectLimit,
                answerLimit,
                idleLimit);
    }

    /** The same, with each write on the medium when it is done, or whenever the unit likes; a unit that cannot is refused. */
    public SessionOptions withDurableWrites(boolean durable) {
        return new SessionOptions(
                initiator,
                credentials,
                headerDigest,
                dataDigest,
                busyPoll,
                durable,
                connectLimit,
                answerLimit,
                idleLimit);
    }

    /** The same with other deadlines for the login and for a command. */
    public SessionOptions withLimits(Duration newConnectLimit, Duration newAnswerLimit) {
        return new SessionOptions(
                initiator,
                credentials,
                headerDigest,
                dataDigest,
                busyPoll,
                durableWrites,
                newConnectLimit,
                newAnswerLimit,
                idleLimit);
    }

    /** The same, but asking after the connection when nothing was outstanding for so long. */
    public SessionOptions withIdleLimit(Duration newIdleLimit) {
        return new SessionOptions(
                initiator,
                credentials,
                headerDigest,
                dataDigest,
                busyPoll,
                durableWrites,
                connectLimit,
                answerLimit,
                newIdleLimit);
    }
}
