package dev.tare.harness;

import org.openjdk.jmh.infra.Control;

/** Tells which calls of a benchmark method belong to the measured time, for what counters count. */
public final class MeasuredCalls {
    private MeasuredCalls() {}

    /**
     * Whether a call that begins now is measured.
     *
     * <p>While several threads wait for each other, JMH runs calls before and after the measured time, and resets counters
     * only before all of them; the score leaves these calls out. Counting them would overstate a rate by a call or two of
     * each thread. The control is shared by the threads: one that begins late still measures its first call when another has
     * already stopped.
     *
     * @param isFirst whether this thread has counted no call of this iteration yet
     */
    public static boolean begins(Control control, boolean isFirst) {
        return control.startMeasurement && (isFirst || !control.stopMeasurement);
    }
}
