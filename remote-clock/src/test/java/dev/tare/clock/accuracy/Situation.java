package dev.tare.clock.accuracy;

import dev.tare.clock.ClockTransport;
import dev.tare.parts.Disturbance;
import java.util.List;

/**
 * Where accuracy is measured, and what is to be reached there.
 *
 * @param label as on the command line and in the table
 * @param direct whether every reading asks the server
 * @param threadsPerCore busy threads beside the clock
 */
record Situation(
        String label,
        boolean direct,
        ClockTransport transport,
        int threadsPerCore,
        Disturbance disturbance,
        Goal goal) {
    private static final Disturbance NONE = Disturbance.none();

    /** The rows of the table. */
    static final List<Situation> ALL = List.of(
            new Situation("idle-disciplined", false, ClockTransport.UDP, 0, NONE, new Goal(0.5, 3, 10, false)),
            new Situation("idle-disciplined-tcp", false, ClockTransport.TCP, 0, NONE, new Goal(0.5, 3, 10, false)),
            new Situation("overloaded-disciplined", false, ClockTransport.UDP, 2, NONE, new Goal(1, 5, 15, false)),
            new Situation("idle-direct", true, ClockTransport.UDP, 0, NONE, new Goal(10, 40, 40, false)),
            new Situation("overloaded-direct", true, ClockTransport.UDP, 2, NONE, new Goal(100, 120, 120, false)),
            new Situation(
                    "relay-disciplined",
                    false,
                    ClockTransport.UDP,
                    0,
                    Disturbance.badNetwork(),
                    new Goal(30, 50, 400, true)));

    /**
     * What is to be reached at the 99th percentile.
     *
     * @param errorUs error of an interval of 1 s
     * @param shortBoundUs bound of an interval of 1 s
     * @param longBoundUs bound of an interval of 10 s
     * @param medianBounds whether the bounds are meant at the median instead
     */
    record Goal(double errorUs, double shortBoundUs, double longBoundUs, boolean medianBounds) {}
}
