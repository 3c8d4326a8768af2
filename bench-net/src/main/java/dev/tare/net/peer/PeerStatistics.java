package dev.tare.net.peer;

import java.util.List;

/**
 * What a peer has done so far.
 *
 * @param clients those that are served now
 * @param served clients that have come, these included
 * @param refused connections that were answered with a refusal: another version, a wrong token, no place
 * @param dropped connections that were closed without an answer: silent, malformed, or too many at once
 */
public record PeerStatistics(List<ClientStatistics> clients, long served, long refused, long dropped) {}
