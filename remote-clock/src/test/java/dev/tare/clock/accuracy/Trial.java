package dev.tare.clock.accuracy;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.RemoteClock.OpenInterval;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import dev.tare.clock.client.DisciplinedClock;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.parts.Disturbance;
import dev.tare.parts.UdpRelay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures one situation.
 *
 * <p>Client and server are on one machine and count the same monotonic clock, so the true duration of an interval is what
 * the local clock counted. The client does not know that; the wander of 0 that it declares is true here.
 */
final class Trial {
    private static final long SEED = 2010;
    private static final long SHORT_S = 1;
    private static final long LONG_S = 10;
    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    // Intervals begin and end five times a second: with the usual readings they would teach the clock more than its
    // polls.
    private static final int REQUESTS_PER_EDGE = 4;

    private final Situation situation;
    private final long settleNs;
    private final long measureNs;
    private final PriorityQueue<Open> open = new PriorityQueue<>(Comparator.comparingLong(Open::dueNs));
    private final List<MeasuredInterval> shortOnes = new ArrayList<>();
    private final List<MeasuredInterval> longOnes = new ArrayList<>();

    Trial(Situation situation, long settleS, long measureS) {
        this.situation = situation;
        this.settleNs = TimeUnit.SECONDS.toNanos(settleS);
        this.measureNs = TimeUnit.SECONDS.toNanos(measureS);
    }

    List<Row> run() throws IOException, InterruptedException {
        System.gc();
        try (ClockServer server =
                        ClockServer.start(ClockServerOptions.loopback().withPort(0));
                UdpRelay relay = UdpRelay.start(server.addresses().get(0), situation.disturbance(), SEED);
                BusyCores load = new BusyCores();
                RemoteClock clock = open(server, relay)) {
            load.start(situation.threadsPerCore());
            measure(clock);
        }
        return List.of(new Row(situation, SHORT_S, shortOnes), new Row(situation, LONG_S, longOnes));
    }

    private RemoteClock open(ClockServer server, UdpRelay relay) {
        boolean relayed = !situation.disturbance().equals(Disturbance.none());
        InetSocketAddress listening = server.addresses().get(0);
        ClockAddress address = new ClockAddress(
                listening.getAddress().getHostAddress(),
                relayed ? relay.port() : listening.getPort(),
                relayed ? ClockTransport.UDP : situation.transport());
        Discipline exact = Discipline.standard().withWanderPpm(0);
        return situation.direct()
                ? DirectClock.open(address, exact)
                : DisciplinedClock.open(address, exact.withRequests(exact.requestsPerPoll(), REQUESTS_PER_EDGE));
    }

    private void measure(RemoteClock clock) {
        long beginNs = System.nanoTime() + (situation.direct() ? 0 : settleNs);
        for (long atNs = 0; atNs <= measureNs; atNs += EVERY_NS) {
            awaitUntil(beginNs + atNs);
            end(clock, beginNs + atNs);
            OpenInterval begun = clock.beginInterval();
            for (long lengthS : new long[] {SHORT_S, LONG_S}) {
                open.add(new Open(beginNs + atNs + TimeUnit.SECONDS.toNanos(lengthS), lengthS, begun));
            }
        }
    }

    /** Ends the intervals that are due; those still open when the time is over are left out. */
    private void end(RemoteClock clock, long nowNs) {
        for (Open next = open.peek(); next != null && next.dueNs - nowNs <= 0; next = open.peek()) {
            open.remove();
            MeasuredInterval interval = clock.endInterval(next.begun);
            (next.lengthS == SHORT_S ? shortOnes : longOnes).add(interval);
        }
    }

    private static void awaitUntil(long instantNs) {
        for (long leftNs = instantNs - System.nanoTime(); leftNs > 0; leftNs = instantNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private record Open(long dueNs, long lengthS, OpenInterval begun) {}
}
