package dev.tare.net;

import dev.tare.harness.RepeatedTask;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.RunningTotal;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of requests and responses; on a non-blocking channel it spins until a response is there. Over a connection
 * several requests can be on their way, and their responses come in the same order.
 *
 * <p>A message carries the number of its round trip in its first bytes, as many as it has, up to eight.
 */
abstract class RoundTrips implements Closeable {
    final int messageBytes;
    final NumberedMessage request;
    final ByteBuffer response;
    final RunningTotal count = new RunningTotal();
    long number;

    private RoundTrips(int messageBytes, int responseBytes) {
        this.messageBytes = messageBytes;
        this.request = new NumberedMessage(messageBytes);
        this.response = ByteBuffer.allocateDirect(responseBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Sends a request and waits for its response, whose length and edges are checked.
     *
     * @throws IOException when the connection breaks or the response is not the request
     */
    final void exchange() throws IOException {
        send();
        receive();
    }

    /** Sends the next request. */
    abstract void send() throws IOException;

    /** Reads what has come of the next response, or waits for it where the channel blocks; whether it is complete now. */
    abstract boolean receiveSome() throws IOException;

    /** Waits for the next response, whose length and edges are checked. */
    final void receive() throws IOException {
        while (!receiveSome()) {
            Thread.onSpinWait();
        }
    }

    /** Compares the whole of the last response with its request. */
    void verify() throws IOException {
        if (number > 0) {
            request.verify(response);
        }
    }

    /** From now on, or no longer, a response is awaited: while none is, nothing may be sent again. */
    void setWaiting(boolean waiting) {
        // Over a connection nothing is sent twice.
    }

    /** Requests that had to be sent again. */
    long resent() {
        return 0;
    }

    /** Round trips completed. */
    RunningTotal count() {
        return count;
    }

    /** Over a connection to an echo. */
    static final class OverConnection extends RoundTrips {
        private final SocketChannel channel;
        private long sent;

        OverConnection(SocketChannel channel, int messageBytes) {
            super(messageBytes, messageBytes);
            this.channel = channel;
        }

        @Override
        void send() throws IOException {
            ByteBuffer message = request.numbered(sent++);
            while (message.hasRemaining()) {
                channel.write(message);
            }
        }

        @Override
        boolean receiveSome() throws IOException {
            if (channel.read(response) < 0) {
                throw new EOFException("the peer closed the connection after " + number + " round trips");
            }
            if (response.hasRemaining()) {
                return false;
            }
            response.clear();
            request.numbered(number);
            if (!request.answeredBy(response)) {
                throw new IOException("the response of " + messageBytes + " bytes is not that of round trip " + number
                        + "; see what changes the traffic on the way");
            }
            count.set(++number);
            return true;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * Over a connected UDP socket on which the peer already answers.
     *
     * <p>A request or response that is lost is sent again by a thread of its own, so that the round trip itself needs neither
     * a timer nor a selector. It counts as lost, and its round trip takes as long as it took.
     */
    static final class OverUdp extends RoundTrips {
        private static final long RESEND_MS = 100;
        /** No round trip's number: nothing was awaited. */
        private static final long NOTHING = -1;

        private final DatagramChannel channel;
        private final NumberedMessage again;
        private final AtomicLong resent = new AtomicLong();
        private final RepeatedTask resending;
        private long seen = NOTHING;
        private volatile boolean waiting;
        private volatile @Nullable Throwable broken;

        OverUdp(DatagramChannel channel, int messageBytes) {
            // A byte more than a response has shows one that is too long.
            super(messageBytes, messageBytes + 1);
            this.channel = channel;
            this.again = new NumberedMessage(messageBytes);
            this.resending = RepeatedTask.start("bench-net resend", RESEND_MS, this::resend, this::fail);
        }

        @Override
        void setWaiting(boolean waiting) {
            this.waiting = waiting;
        }

        @Override
        long resent() {
            return resent.get();
        }

        @Override
        void send() throws IOException {
            try {
                channel.write(request.numbered(number));
            } catch (IOException e) {
                throw explain(e);
            }
        }

        @Override
        boolean receiveSome() throws IOException {
            try {
                response.clear();
                channel.read(response);
            } catch (IOException e) {
                throw explain(e);
            }
            if (response.position() != messageBytes || !request.answeredBy(response)) {
                return false;
            }
            count.set(++number);
            return true;
        }

        private IOException explain(IOException failure) {
            Throwable reason = broken;
            return reason == null ? failure : new IOException("what was lost cannot be sent again: " + reason, reason);
        }

        @Override
        public void close() throws IOException {
            resending.close();
            channel.close();
        }

        private void resend() throws IOException {
            long done = count.total();
            boolean waits = waiting;
            if (waits && done == seen) {
                channel.write(again.numbered(done));
                resent.incrementAndGet();
            }
            seen = waits ? done : NOTHING;
        }

        /** A round trip that nobody repeats could wait for ever. */
        private void fail(Throwable why) {
            broken = why;
            try {
                close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    /** A message with the number of its round trip. */
    private static final class NumberedMessage {
        private final ByteBuffer message;
        private final int numberBytes;

        NumberedMessage(int messageBytes) {
            this.message = Message.content(messageBytes).order(ByteOrder.LITTLE_ENDIAN);
            this.numberBytes = Math.min(messageBytes, Long.BYTES);
        }

        /** The message with a number, ready to be sent. */
        ByteBuffer numbered(long number) {
            if (numberBytes == Long.BYTES) {
                message.putLong(0, number);
            } else {
                for (int index = 0; index < numberBytes; index++) {
                    message.put(index, (byte) (number >>> (index * Byte.SIZE)));
                }
            }
            return message.clear();
        }

        /** Whether a message that came carries the same number and ends alike. */
        boolean answeredBy(ByteBuffer response) {
            int last = message.capacity() - 1;
            if (response.get(last) != message.get(last)) {
                return false;
            }
            if (numberBytes == Long.BYTES) {
                return response.getLong(0) == message.getLong(0);
            }
            for (int index = 0; index < numberBytes; index++) {
                if (response.get(index) != message.get(index)) {
                    return false;
                }
            }
            return true;
        }

        void verify(ByteBuffer response) throws IOException {
            int differs = message.clear().mismatch(response.clear().limit(message.capacity()));
            if (differs >= 0) {
                throw new IOException("the response differs from its request at byte " + differs + " of "
                        + message.capacity() + ": expected " + message.get(differs) + ", got " + response.get(differs)
                        + "; see what changes the traffic on the way");
            }
        }
    }
}
