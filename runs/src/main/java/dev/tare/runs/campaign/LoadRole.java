package dev.tare.runs.campaign;

/** What a host does in a scenario. */
public enum LoadRole {
    /** It runs its benchmark, and its scores are results. */
    MEASURED,
    /** It runs its benchmark to disturb the others; its scores are kept and belong to no sum. */
    LOAD,
    /** It is booted and does nothing. */
    IDLE
}
