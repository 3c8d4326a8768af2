package dev.tare.net.client;

import java.net.InetSocketAddress;

/**
 * A port on which the peer accepts connections, sends a byte on each and closes it.
 *
 * @param number the session's number for it
 */
public record AcceptorPort(int number, InetSocketAddress address) {}
