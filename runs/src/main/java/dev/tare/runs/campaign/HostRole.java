package dev.tare.runs.campaign;

/** What a host of a campaign stands for. */
public enum HostRole {
    /** The bare machine that guests are compared with. */
    NATIVE,
    /** A guest whose performance is in question. */
    GUEST,
    /** The host that serves time and peers and keeps the results; it is never measured. */
    MANAGEMENT
}
