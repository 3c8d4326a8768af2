package dev.tare.clock.wire;

/** Why the time in a reply is not to be used. */
public enum ReplyFault {
    /** The server says that its own clock is not set: leap indicator 3, or a stratum outside 1 to 15. */
    UNSYNCHRONIZED("its own clock is not synchronized"),
    /** A time is missing, or the reply was sent before its request came. */
    TIMES("its receive and transmit times make no sense"),
    /** The server is three seconds or more from its reference. */
    ROOT_DISTANCE("it is 3 s or more away from its reference clock");

    private final String reason;

    ReplyFault(String reason) {
        this.reason = reason;
    }

    /** Completes "the server's answer is not usable: ". */
    public String reason() {
        return reason;
    }
}
