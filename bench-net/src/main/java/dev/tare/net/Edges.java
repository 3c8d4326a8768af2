package dev.tare.net;

import org.openjdk.jmh.infra.Control;

/** Where the measured interval of an iteration begins and ends. */
final class Edges {
    private Edges() {}

    /**
     * Whether an operation that begins now belongs to the measured interval. JMH runs the benchmark method before and
     * after it too, while it waits for other threads.
     */
    static boolean within(Control control) {
        return control.startMeasurement && !control.stopMeasurement;
    }
}
