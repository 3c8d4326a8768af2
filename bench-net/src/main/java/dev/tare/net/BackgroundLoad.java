package dev.tare.net;

import dev.tare.harness.Joins;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.CreditingReceiver;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.RunningTotal;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams that keep a link busy beside what is measured, each with a thread of its own at both ends; between {@link #stop} and
 * {@link #start} nothing of them is under way.
 */
final class BackgroundLoad implements Closeable {
    /** Which way the streams go, seen from this machine. */
    enum Direction {
        SEND(true, false),
        RECEIVE(false, true),
        DUPLEX(true, true);

        private final boolean sends;
        private final boolean receives;

        Direction(boolean sends, boolean receives) {
            this.sends = sends;
            this.receives = receives;
        }
    }

    private final List<Flow> flows = new ArrayList<>();
    private final StreamOptions options;
    private final int messageBytes;

    private BackgroundLoad(StreamOptions options) {
        this.options = options;
        this.messageBytes = options.messageBytes();
    }

    /**
     * Opens the streams; nothing moves yet.
     *
     * @param streams number of streams in each direction
     * @param options of each of them
     */
    static BackgroundLoad open(PeerLink link, Direction direction, int streams, StreamOptions options)
            throws IOException {
        BackgroundLoad load = new BackgroundLoad(options);
        try {
            for (int number = 1; number <= streams; number++) {
                if (direction.sends) {
                    load.flows.add(load.sending(link));
                }
                if (direction.receives) {
                    load.flows.add(load.receiving(link));
                }
            }
            return load;
        } catch (IOException e) {
            load.close();
            throw e;
        }
    }

    /** Every stream moves as fast as it can from now on. */
    void start() throws IOException {
        for (Flow flow : flows) {
            flow.start();
        }
    }

    /**
     * Stops the streams, waits until everything has arrived, and compares the counts of both ends.
     *
     * @throws IOException when a stream has broken meanwhile: why
     */
    void stop() throws IOException {
        // All of them first: those that still go on would take the link from one that waits for its last bytes.
        flows.forEach(flow -> flow.running = false);
        for (Flow flow : flows) {
            flow.stop();
        }
    }

    /** Bytes that this machine has sent so far. */
    long sentBytes() {
        return total(Role.SINK);
    }

    /** Bytes that this machine has received so far. */
    long receivedBytes() {
        return total(Role.SOURCE);
    }

    @Override
    public void close() throws IOException {
        for (Flow flow : flows) {
            flow.close();
        }
    }

    private long total(Role role) {
        return flows.stream()
                .filter(flow -> flow.role == role)
                .mapToLong(flow -> flow.count.total())
                .sum();
    }

    private Flow sending(PeerLink link) throws IOException {
        TcpStream connection = open(link, Role.SINK);
        CreditedSender sender = new CreditedSender(connection.channel(), Message.inMemory(messageBytes));
        return new Flow(link, Role.SINK, connection, sender.count()) {
            @Override
            void moveWhileRunning() throws IOException {
                while (running) {
                    if (!sender.send()) {
                        throw new EOFException();
                    }
                }
            }
        };
    }

    private Flow receiving(PeerLink link) throws IOException {
        TcpStream connection = open(link, Role.SOURCE);
        CreditingReceiver receiver =
                new CreditingReceiver(connection.channel(), Message.buffer(messageBytes), messageBytes);
        return new Flow(link, Role.SOURCE, connection, receiver.count()) {
            @Override
            void moveWhileRunning() throws IOException {
                receiver.grant();
                while (running) {
                    receiver.receive();
                }
                receiver.drain();
            }
        };
    }

    private TcpStream open(PeerLink link, Role role) throws IOException {
        return link.session().openStream(role, options);
    }

    /** One stream and the thread that moves it while it runs. */
    private abstract static class Flow implements Closeable {
        final Role role;
        final RunningTotal count;
        final MeasuredStream stream;
        volatile boolean running;
        private @Nullable Thread thread;
        private volatile @Nullable Throwable broken;

        Flow(PeerLink link, Role role, TcpStream connection, RunningTotal count) {
            this.role = role;
            this.count = count;
            this.stream = new MeasuredStream(link, connection.number(), connection, false);
        }

        abstract void moveWhileRunning() throws IOException;

        void start() throws IOException {
            stream.watchArrivals(count);
            running = true;
            Thread started = new Thread(this::run, "bench-net load");
            started.setDaemon(true);
            started.start();
            thread = started;
        }

        private void run() {
            try {
                moveWhileRunning();
            } catch (IOException | RuntimeException | Error e) {
                broken = e;
            }
        }

        void stop() throws IOException {
            Thread started = thread;
            if (started == null) {
                return;
            }
            Joins.uninterruptibly(List.of(started));
            thread = null;
            Throwable why = broken;
            if (why != null) {
                throw stream.explain(why instanceof IOException e ? e : new IOException(why.toString(), why), count);
            }
            stream.unwatch();
            stream.compareCounts(count.total(), "bytes of the load");
        }

        @Override
        public void close() throws IOException {
            running = false;
            stream.close();
            if (thread != null) {
                Joins.uninterruptibly(List.of(thread));
            }
        }
    }
}
