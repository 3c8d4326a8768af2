package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.RemoteClock.OpenInterval;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A disciplined clock in a process of its own, for tests: measures one interval and prints it. */
public final class IntervalProgram {
    private IntervalProgram() {}

    /** Takes the server, the transport and the interval in milliseconds of the local clock. */
    public static void main(String[] arguments) {
        ClockAddress address =
                ClockAddress.parse(arguments[0], ClockTransport.valueOf(arguments[1].toUpperCase(Locale.ROOT)));
        long lengthNs = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
        try (DisciplinedClock clock = DisciplinedClock.open(address, Discipline.standard())) {
            OpenInterval begin = clock.beginInterval();
            long beginNs = System.nanoTime();
            for (long leftNs = lengthNs; leftNs > 0; leftNs = lengthNs - (System.nanoTime() - beginNs)) {
                LockSupport.parkNanos(leftNs);
            }
            MeasuredInterval interval = clock.endInterval(begin);
            System.out.printf(
                    Locale.ROOT,
                    "duration=%d local=%d shortest=%d longest=%d witness=%s status=%s ppm=%.3f+-%.3f%n",
                    interval.durationNs(),
                    interval.localNs(),
                    interval.shortestNs(),
                    interval.longestNs(),
                    interval.witness(),
                    interval.status(),
                    interval.localRatePpm(),
                    interval.localRateBoundPpm());
        }
    }
}
