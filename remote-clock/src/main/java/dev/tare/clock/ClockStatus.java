package dev.tare.clock;

/** How much a reading may be trusted. */
public enum ClockStatus {
    /** The server answered recently and everything it said fits together. */
    SYNCHRONIZED,
    /** The server has been silent for several polls; the bound grows with the declared wander. */
    FREE_RUNNING,
    /** The local clock or the server's stepped or changed its rate; what was measured across it is not to be used. */
    DISRUPTED,
    /** Too little is known of the local clock's rate for a useful bound; the bound is wide, but holds. */
    UNKNOWN
}
