package dev.tare.clock.server;

/** Why a server left a packet unanswered or closed a connection. */
public enum DropReason {
    /** A datagram that is not exactly 48 bytes long. */
    LENGTH,
    /** Not a client's packet. */
    MODE,
    /** Neither NTP version 3 nor 4. */
    VERSION,
    /** The client's address asked more than its share. */
    RATE,
    /** The network did not take the reply. */
    SEND,
    /** A TCP connection whose request, or the taking of its reply, took too long. */
    SLOW,
    /** A TCP connection without requests for too long. */
    IDLE,
    /** A silent TCP connection that gave way to a new one. */
    CROWDED
}
