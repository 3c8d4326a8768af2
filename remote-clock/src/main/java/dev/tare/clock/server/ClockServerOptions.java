package dev.tare.clock.server;

import java.net.InetAddress;
import java.time.Duration;

/**
 * How a clock server listens and what it puts up with.
 *
 * @param bind address to listen on; the wildcard stands for every address that the machine has at the start
 * @param port for UDP and TCP alike; 0 picks a free one
 * @param requestsPerSecond answered to one client address on average; an IPv6 client is its /64 network
 * @param burst answered to one client address at once
 * @param mostConnections TCP connections at a time; the one that has been silent longest gives way to a new one
 * @param frameDeadline time for a request to arrive completely and for its reply to be taken
 * @param idleDeadline time between two requests of a TCP connection
 */
public record ClockServerOptions(
        InetAddress bind,
        int port,
        int requestsPerSecond,
        int burst,
        int mostConnections,
        Duration frameDeadline,
        Duration idleDeadline) {
    /** Port unless another is given. */
    public static final int DEFAULT_PORT = 12123;

    /** @throws IllegalArgumentException when a value makes no sense */
    public ClockServerOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("clock server: expected a port of 0 to 65535, got " + port);
        }
        if (requestsPerSecond < 1 || burst < 1 || mostConnections < 1) {
            throw new IllegalArgumentException("clock server: expected limits of at least 1, got " + requestsPerSecond
                    + " requests per second, " + burst + " at once, " + mostConnections + " connections");
        }
        if (frameDeadline.toMillis() < 1 || idleDeadline.compareTo(frameDeadline) < 0) {
            throw new IllegalArgumentException("clock server: expected a frame deadline of at least 1 ms and an idle"
                    + " deadline that is not shorter, got " + frameDeadline + " and " + idleDeadline);
        }
    }

    /** Loopback, the default port, and limits that no honest client reaches. */
    public static ClockServerOptions loopback() {
        return new ClockServerOptions(
                InetAddress.getLoopbackAddress(),
                DEFAULT_PORT,
                100_000,
                100_000,
                2_048,
                Duration.ofSeconds(5),
                Duration.ofMinutes(15));
    }

    /** The same on another address. */
    public ClockServerOptions withBind(InetAddress other) {
        return new ClockServerOptions(
                other, port, requestsPerSecond, burst, mostConnections, frameDeadline, idleDeadline);
    }

    /** The same on another port. */
    public ClockServerOptions withPort(int other) {
        return new ClockServerOptions(
                bind, other, requestsPerSecond, burst, mostConnections, frameDeadline, idleDeadline);
    }

    /** The same with another limit per client address. */
    public ClockServerOptions withRequests(int perSecond, int atOnce) {
        return new ClockServerOptions(bind, port, perSecond, atOnce, mostConnections, frameDeadline, idleDeadline);
    }

    /** The same with other limits for TCP. */
    public ClockServerOptions withConnections(int most, Duration frame, Duration idle) {
        return new ClockServerOptions(bind, port, requestsPerSecond, burst, most, frame, idle);
    }
}
