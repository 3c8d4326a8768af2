package dev.tare.campaign.agent;

import dev.tare.campaign.agent.HostWork.RefusedLineException;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.client.Discipline;
import dev.tare.clock.client.DisciplinedClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Tries a host's clock: opens it for a moment and tells its bound, its round trip and how much faster the local one runs. */
final class ClockTrial {
    private static final long LENGTH_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(20);

    private ClockTrial() {}

    private static ClockReading readAt(RemoteClock clock, long endNs) throws ClockUnreachableException {
        while (System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }
        return clock.read();
    }

    static WireMessage of(String server) throws RefusedLineException {
        try (RemoteClock clock =
                DisciplinedClock.open(ClockAddress.parse(server, ClockTransport.UDP), Discipline.standard())) {
            RemoteClock.OpenInterval begin = clock.beginInterval();
            long beganNs = System.nanoTime();
            ClockReading now = readAt(clock, beganNs + LENGTH_NS);
            // Where many JVMs start at once, answers come late.
            while (now.status() != ClockStatus.SYNCHRONIZED && System.nanoTime() - beganNs < LONGEST_NS) {
                now = readAt(clock, System.nanoTime() + LENGTH_NS);
            }
            MeasuredInterval interval = clock.endInterval(begin);
            if (now.status() != ClockStatus.SYNCHRONIZED) {
                throw new RefusedLineException("clock " + server + ": expected it to be synchronized within "
                        + TimeUnit.NANOSECONDS.toSeconds(LONGEST_NS) + " s, got " + now.status());
            }
            WireMessage told =
                    WireMessage.of("clock").with("boundNs", now.boundNs()).with("roundTripNs", interval.roundTripNs());
            told.body().put("localRatePpm", interval.localRatePpm());
            return told;
        } catch (ClockUnreachableException e) {
            throw new RefusedLineException("clock " + server + ": " + e.getMessage());
        }
    }
}
