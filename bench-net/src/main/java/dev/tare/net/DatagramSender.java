package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.profile.NetProfiler;
import dev.tare.net.socket.Pacer;
import dev.tare.net.stream.DatagramStatistics;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.RunningTotal;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.results.AggregationPolicy;

/** A thread that sends numbered datagrams. */
@State(Scope.Thread)
public class DatagramSender {
    private int bytes;
    private UdpStream datagrams;
    private MeasuredStream stream;
    private ByteBuffer datagram;
    private Pacer pacer;
    private StreamCount before;
    private final RunningTotal sent = new RunningTotal();
    private long number;
    private long numberBefore;
    private long counted;

    /** Opens a stream of datagrams to the peer and prepares the one that is sent again and again. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, DatagramBench.Datagrams chosen, ThreadParams threads) throws IOException {
        bytes = chosen.bytes();
        pacer = new Pacer(chosen.offeredBytesPerS(), bytes);
        datagrams = link.session()
                .openDatagrams(Role.DATAGRAM_SINK, new StreamOptions(bytes, StreamOptions.KERNEL_CHOOSES, true));
        stream = new MeasuredStream(link, datagrams.number(), datagrams, threads);
        datagram = Message.content(bytes);
    }

    /** Waits until nothing is under way and takes the counts that belong to earlier iterations. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        flush();
        before = stream.count(0);
        numberBefore = number;
        counted = 0;
        stream.watch(sent);
        stream.beginCpu();
        pacer.restart();
    }

    void send(Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, counted == 0);
        pacer.await();
        DatagramStatistics.stamp(datagram, number, System.nanoTime());
        try {
            datagrams.channel().write(datagram);
        } catch (IOException e) {
            throw stream.explain(e, sent);
        }
        number++;
        sent.set(number);
        if (counts) {
            counted++;
        }
    }

    /** Waits until all datagrams have arrived or are lost, and asks the peer what it made of them. */
    @TearDown(Level.Iteration)
    public void end(DatagramBench.Rates rates, CpuRates cpu) throws IOException {
        stream.endCpu(cpu);
        stream.unwatch();
        flush();
        StreamCount after = stream.count(0);
        long offered = number - numberBefore;
        long received = after.total() - before.total();
        if (received > offered) {
            throw new IOException(
                    "the ends of the stream disagree: " + offered + " datagrams were sent, the peer received "
                            + received + "; something on the way repeats them; measure without it");
        }
        // What was sent while other threads began or ended is shared out: it was received like the rest.
        double share = offered == 0 ? 0 : (double) counted / offered;
        rates.goodputMBps = share * received * bytes / SocketBench.BYTES_PER_MB;
        MeasuredStream.recordPercent("lossPercent", offered - received, offered);
        MeasuredStream.recordPercent("reorderedPercent", after.reordered() - before.reordered(), received);
        NetProfiler.RESULTS.record("jitterUs", after.jitterUs(), "us", AggregationPolicy.AVG);
    }

    /** Says what the kernels had granted, and ends the stream. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.tell("send-buffer-bytes", datagrams.channel().getOption(StandardSocketOptions.SO_SNDBUF));
        stream.close();
    }

    private void flush() throws IOException {
        try {
            datagrams.flush();
        } catch (IOException e) {
            throw stream.explain(e, sent);
        }
    }
}
