package dev.tare.iscsi.pdu;

/** How a thread waits for the other side. */
public enum PollMode {
    /** Sleeps in the kernel until the socket is ready. */
    WAIT,
    /** Spins on the socket: shorter latencies for a whole core. */
    BUSY
}
