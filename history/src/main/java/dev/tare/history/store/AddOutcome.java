package dev.tare.history.store;

/** What adding a run came to. */
public enum AddOutcome {
    /** The store has it now. */
    ADDED,
    /** The same run was there with other forks: it has gone on since it was added. */
    REPLACED,
    /** It was there as it is. */
    KNOWN,
    /** The same run was there, and its files have been damaged since: the store keeps what it has. */
    KEPT
}
