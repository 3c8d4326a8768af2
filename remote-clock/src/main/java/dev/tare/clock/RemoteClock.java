package dev.tare.clock;

/**
 * A clock whose seconds are those of a server.
 *
 * <p>{@link #nanoTime()} never goes back, also between threads. All methods may be called from any thread.
 */
public interface RemoteClock extends NanoSource, AutoCloseable {
    /** The server. */
    ClockAddress address();

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

    /** Stops asking the server and joins every thread of this clock; {@link #nanoTime()} goes on, free-running. */
    @Override
    void close();
}
