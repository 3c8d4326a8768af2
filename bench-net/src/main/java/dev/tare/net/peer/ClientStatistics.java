package dev.tare.net.peer;

/**
 * What one client of a peer has taken.
 *
 * @param client its address and port
 * @param streams how many it has opened
 * @param receivedBytes content that the peer received from it, in streams and datagrams
 * @param sentBytes content that the peer sent to it
 * @param cpuNs processor time of the peer's threads that served it
 */
public record ClientStatistics(String client, int streams, long receivedBytes, long sentBytes, long cpuNs) {}
