package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.net.client.DatagramStream;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.datagram.Numbered;
import dev.tare.net.datagram.Pace;
import dev.tare.net.profile.NetFigures;
import dev.tare.net.stream.ByteCount;
import dev.tare.net.stream.Pattern;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that sends numbered datagrams. */
@State(Scope.Thread)
public class DatagramSending {
    private static final String UNLIMITED = "unlimited";

    /** Content of one datagram, 16 to 65,507 bytes; 1472 fill an Ethernet frame. */
    @Param("1472")
    public int datagramBytes;

    /** Content offered per second and thread, in 10^6 bytes, or {@code unlimited}. */
    @Param(UNLIMITED)
    public String offeredMBps;

    private DatagramStream datagrams;
    private MeasuredStream stream;
    private ByteBuffer datagram;
    private Pace pace;
    private StreamCount before;
    private final ByteCount sent = new ByteCount();
    private long number;
    private long numberBefore;
    private long counted;
    private @Nullable DatagramRates rates;

    /** Opens a stream of datagrams to the peer and prepares the one that is sent again and again. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, ThreadParams threads) throws IOException {
        StreamOptions options = options(datagramBytes);
        double offeredBytesPerS = bytesPerS(offeredMBps);
        pace = Double.isInfinite(offeredBytesPerS) ? Pace.unlimited() : Pace.of(offeredBytesPerS, datagramBytes);
        datagrams = link.session().openDatagrams(Role.DATAGRAM_SINK, options);
        stream = new MeasuredStream(link, datagrams.number(), datagrams, threads);
        datagram = Pattern.message(datagramBytes);
    }

    /** Waits until nothing is under way and takes the counts that belong to earlier iterations. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        fence();
        before = stream.count(0);
        numberBefore = number;
        counted = 0;
        stream.watch(sent);
        stream.beginCpu();
        pace.restart();
    }

    void send(DatagramRates iteration, Control control) throws IOException {
        rates = iteration;
        boolean counts = MeasuredCalls.begins(control, counted == 0);
        pace.await();
        Numbered.stamp(datagram, number, System.nanoTime());
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
    public void end() throws IOException {
        if (rates == null) {
            return;
        }
        stream.endCpu().ifPresent(rates::add);
        stream.rest();
        fence();
        StreamCount after = stream.count(0);
        long offered = number - numberBefore;
        long received = after.total() - before.total();
        if (received > offered) {
            throw new IOException(
                    "the ends of the stream disagree: " + offered + " datagrams were sent, the peer received "
                            + received + "; something on the way repeats them; measure without it");
        }
        // What was sent while other threads began or ended is shared out: it was received like the rest.
        double share = (double) counted / offered;
        rates.goodputMBps = share * received * datagramBytes / StreamRates.BYTES_PER_MB;
        NetFigures.leavePercent("lossPercent", offered - received, offered);
        NetFigures.leavePercent("reorderedPercent", after.reordered() - before.reordered(), received);
        NetFigures.leave("jitterUs", after.jitterUs(), "us");
    }

    /** Says what the kernels had granted, and ends the stream. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.tell("send-buffer-bytes", datagrams.channel().getOption(StandardSocketOptions.SO_SNDBUF));
        stream.close();
    }

    private void fence() throws IOException {
        try {
            datagrams.fence();
        } catch (IOException e) {
            throw stream.explain(e, sent);
        }
    }

    static StreamOptions options(int datagramBytes) {
        if (datagramBytes < Numbered.SMALLEST_BYTES || datagramBytes > Numbered.LARGEST_BYTES) {
            throw new IllegalArgumentException("datagramBytes must be from " + Numbered.SMALLEST_BYTES + " to "
                    + Numbered.LARGEST_BYTES + ", got " + datagramBytes);
        }
        return new StreamOptions(datagramBytes, StreamOptions.KERNEL_CHOOSES, true);
    }

    /** A finite rate, or infinity for an unlimited one. */
    static double bytesPerS(String offeredMBps) {
        if (offeredMBps.equals(UNLIMITED)) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double rateMBps = Double.parseDouble(offeredMBps);
            if (rateMBps > 0 && Double.isFinite(rateMBps)) {
                return rateMBps * StreamRates.BYTES_PER_MB;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrongRate(offeredMBps), e);
        }
        throw new IllegalArgumentException(wrongRate(offeredMBps));
    }

    private static String wrongRate(String offeredMBps) {
        return "offeredMBps must be " + UNLIMITED + " or a number above 0, got " + offeredMBps;
    }
}
