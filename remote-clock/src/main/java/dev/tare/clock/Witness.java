package dev.tare.clock;

/** What direct readings at both ends of an interval, which lean on no local clock, say about its duration. */
public enum Witness {
    /** They agree with the disciplined clock. */
    CONFIRMED,
    /** They exclude what the disciplined clock says. */
    CONTRADICTED,
    /** The server gave no direct reading at one of the ends. */
    ABSENT
}
