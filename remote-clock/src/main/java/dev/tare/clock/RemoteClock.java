package dev.tare.clock;

import java.util.Optional;

/**
 * A clock whose seconds are those of a server.
 *
 * <p>{@link #nanoTime()} never goes back, also between threads. All methods may be called from any thread.
 */
public interface RemoteClock extends NanoSource, AutoCloseable {
    /** The server as it was named. */
    ClockAddress address();

    /** The server as a literal address: of those that its host has, the one that answers. */
    ClockAddress server();

    /**
     * Reads the clock with its bound; the instant meant lies within this call.
     *
     * @throws ClockUnreachableException when this reading needs an answer of the server and none came
     */
    ClockReading read();

    /** Takes direct readings and begins an interval with them. */
    OpenInterval beginInterval();

    /** Takes direct readings and ends an interval that {@link #beginInterval()} of this clock began. */
    MeasuredInterval endInterval(OpenInterval begin);

    /** Requests and what became of them, since the clock was opened. */
    ExchangeCounts counts();

    /**
     * Why the thread that asks the server in the background has ended before {@link #close()}; the clock then runs free
     * between its direct readings. Empty while all is well.
     */
    Optional<String> failure();

    /** An interval that has begun; belongs to the clock that began it. */
    interface OpenInterval {}

    /** Stops asking the server and joins every thread of this clock; {@link #nanoTime()} goes on, free-running. */
    @Override
    void close();
}
