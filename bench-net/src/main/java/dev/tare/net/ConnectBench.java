package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * TCP connections opened and closed, one after the other.
 *
 * <p>An operation is a connection to the peer's port, a byte from the peer, which shows that its program has accepted it
 * and not only its kernel, and both ends' close. Seven packets or more cross the virtual network without carrying
 * anything: what short-lived connections of a web server cost in a guest.
 *
 * <p>The peer closes first, so that TIME_WAIT uses up no port of this machine. Both ends count the connections. Threads of
 * {@code -t N} have ports of their own at the peer.
 *
 * <p>Source: netperf's TCP_CC and TCP_CRR.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ConnectBench {
    /** A connection that is opened and closed. */
    @Benchmark
    public void connection(Connecting connecting, ConnectRates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.connectionsPerS == 0);
        connecting.connect(rates);
        if (counts) {
            rates.connectionsPerS++;
        }
    }
}
