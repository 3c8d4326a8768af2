package dev.tare.cpu;

import org.openjdk.jmh.infra.Control;

/** Tells which calls belong to the measured time. */
final class MeasuredCalls {
    private MeasuredCalls() {}

    /**
     * Whether a call that begins now is measured.
     *
     * <p>While several threads wait for each other, JMH runs calls before and after the measured time, and resets the
     * counters only before all of them. Counting these would overstate a rate by a call or two of each thread. The control
     * is shared: a thread that begins late still measures its first call when another has already stopped.
     *
     * @param isFirst whether the thread has counted no call of this iteration yet
     */
    static boolean begins(Control control, boolean isFirst) {
        return control.startMeasurement && (isFirst || !control.stopMeasurement);
    }
}
