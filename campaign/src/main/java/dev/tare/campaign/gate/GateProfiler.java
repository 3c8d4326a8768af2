package dev.tare.campaign.gate;

import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.agent.MeasuringClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Holds a measuring JVM before its first measured iteration until the instant that all hosts of a campaign agreed on. By then
 * the JVM has started, the benchmark has laid out its data and warmed up, and the remote clock is synchronized. Any JMH
 * benchmark can take part.
 *
 * <p>It asks the agent over a Unix socket, {@code -prof dev.tare.campaign.gate.GateProfiler:SOCKET}; when the agent is gone,
 * the JVM ends. Among several profilers it must come first, so that none of them counts the waiting as a part of the
 * iteration. Within the iterations it does nothing but note when this JVM stood still.
 */
public class GateProfiler implements InternalProfiler {
    private static final long SYNCHRONIZATION_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** An NTP packet in its UDP and IPv4 headers. */
    private static final int PACKET_BYTES = 48 + 28;

    private final String socket;
    private final List<String> lines = new ArrayList<>();
    private @Nullable GateLink link;
    private @Nullable Standstills standstills;
    private int iteration;

    /** For JMH's list of profilers; does nothing. */
    public GateProfiler() {
        this.socket = "";
    }

    /**
     * A gate.
     *
     * @param socket path of the agent's Unix socket
     */
    public GateProfiler(String socket) throws ProfilerException {
        this.socket = socket;
    }

    @Override
    public String getDescription() {
        return "Waits for the agreed start of a campaign; used by its agents";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams params) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            if (link == null) {
                link = GateLink.open(Path.of(socket));
            }
            if (params.getType() != IterationType.MEASUREMENT) {
                iteration = 0;
                return;
            }
            RemoteClock clock = clock();
            if (iteration == 0) {
                pass(link, clock);
                standstills = Standstills.watch(() -> clock.read().midpointNs());
            }
            noteTraffic(clock);
        } catch (IOException e) {
            throw new IllegalStateException("campaign: the agent's gate " + socket + ": " + e, e);
        }
    }

    @Override
    public List<Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams params, IterationResult result) {
        if (link != null && params.getType() == IterationType.MEASUREMENT) {
            iteration++;
            RemoteClock clock = clock();
            noteTraffic(clock);
            if (iteration == params.getCount()) {
                tell(link);
            }
        }
        return List.of();
    }

    private static RemoteClock clock() {
        return MeasuringClock.clock()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "campaign: expected this JVM to have a remote clock, got none; add -prof remoteclock:server=..."));
    }

    private void pass(GateLink agent, RemoteClock clock) throws IOException {
        agent.say("ready " + synchronizedReading(clock).boundNs());
        long goNs = agent.awaitGo();
        ClockReading now = clock.read();
        while (now.midpointNs() < goNs) {
            long leftNs = goNs - now.midpointNs();
            if (leftNs > SPIN_NS) {
                LockSupport.parkNanos(Math.min(leftNs - SPIN_NS, TimeUnit.MILLISECONDS.toNanos(20)));
            } else {
                Thread.onSpinWait();
            }
            now = clock.read();
        }
        lines.add("start " + now.midpointNs() + " " + now.boundNs());
    }

    private static ClockReading synchronizedReading(RemoteClock clock) {
        long limitNs = System.nanoTime() + SYNCHRONIZATION_LIMIT_NS;
        ClockReading reading = clock.read();
        while (reading.status() != ClockStatus.SYNCHRONIZED) {
            if (System.nanoTime() - limitNs >= 0) {
                throw new IllegalStateException("campaign: expected a synchronized clock within 20 s, got "
                        + reading.status() + "; see whether the clock server " + clock.address() + " is reachable");
            }
            LockSupport.parkNanos(POLL_NS);
            reading = clock.read();
        }
        return reading;
    }

    private void noteTraffic(RemoteClock clock) {
        ExchangeCounts counts = clock.counts();
        lines.add("clock " + clock.read().midpointNs() + " " + PACKET_BYTES * (counts.sent() + counts.answered()));
    }

    private void tell(GateLink agent) {
        if (standstills != null) {
            lines.addAll(standstills.end());
        }
        try {
            for (String line : lines) {
                agent.say(line);
            }
            agent.say("end");
        } catch (IOException e) {
            throw new IllegalStateException("campaign: the agent's gate " + socket + ": " + e, e);
        }
    }
}
