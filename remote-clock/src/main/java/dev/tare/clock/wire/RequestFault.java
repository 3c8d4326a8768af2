package dev.tare.clock.wire;

/** Why a server leaves a packet unanswered. */
public enum RequestFault {
    /** Not exactly 48 bytes. */
    LENGTH,
    /** Not a client's packet; a reply to a reply would never end. */
    MODE,
    /** Neither version 3 nor 4. */
    VERSION
}
