package dev.tare.net.peer;

/** Traffic on a port of its own, which the client learns from the session. */
interface OwnPortTraffic extends Traffic {
    int port();
}
