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
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of requests and responses; on a non-blocking channel it spins until a response is there. Several requests can
 * be on their way: over a connection their responses come in the same order, over UDP in any.
 *
 * <p>A message carries the number of its round trip in its first bytes, as many as it has, up to eight.
 */
abstract class RoundTrips implements Closeable {
    /** Of a number, where a message is so long. */
    static final int NUMBER_BYTES = Long.BYTES;

    final int messageBytes;
    final NumberedMessage request;
    final ByteBuffer response;
    final RunningTotal count = new RunningTotal();
    long number;
    long answered;

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

    /**
     * Sends the next request.
     *
     * @return its number; those on their way differ in its remainder by how many can be
     */
    abstract long send() throws IOException;

    /** The number of the request that was answered last. */
    final long answered() {
        return answered;
    }

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
        long send() throws IOException {
            ByteBuffer message = request.numbered(sent);
            while (message.hasRemaining()) {
                channel.write(message);
            }
            return sent++;
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
            answered = number;
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
     * <p>A request or response that is lost is sent again after 100 to 200 ms, by a thread of its own, so that the round trip itself
     * needs neither a timer nor a selector. It counts as lost, and its round trip takes as long as it took; others that are on
     * their way go on meanwhile.
     */
    static final class OverUdp extends RoundTrips {
        private static final long RESEND_MS = 100;
        /** No round trip's number: nothing is on its way there. */
        private static final long NOTHING = -1;

        private final DatagramChannel channel;
        private final NumberedMessage again;
        private final AtomicLong resent = new AtomicLong();
        private final RepeatedTask resending;
        /** The numbers on their way, each in the place that is its remainder; the resending thread looks at them. */
        private final AtomicLongArray onTheirWay;

        private final long[] nextNumbers;
        private final int[] idlePlaces;
        private int idle;
        private final long[] seen;
        private volatile @Nullable Throwable broken;

        /** @param outstanding requests that can be on their way at once; more than one need {@link #NUMBER_BYTES} bytes each */
        OverUdp(DatagramChannel channel, int messageBytes, int outstanding) {
            // A byte more than a response has shows one that is too long.
            super(messageBytes, messageBytes + 1);
            this.channel = channel;
            this.again = new NumberedMessage(messageBytes);
            this.onTheirWay = new AtomicLongArray(outstanding);
            this.nextNumbers = new long[outstanding];
            this.idlePlaces = new int[outstanding];
            this.seen = new long[outstanding];
            for (int place = 0; place < outstanding; place++) {
                onTheirWay.set(place, NOTHING);
                seen[place] = NOTHING;
                nextNumbers[place] = place;
                idlePlaces[idle++] = outstanding - 1 - place;
            }
            this.resending = RepeatedTask.start("bench-net resend", RESEND_MS, this::resend, this::fail);
        }

        @Override
        long resent() {
            return resent.get();
        }

        @Override
        long send() throws IOException {
            int place = idlePlaces[--idle];
            long next = nextNumbers[place];
            nextNumbers[place] = next + nextNumbers.length;
            onTheirWay.setRelease(place, next);
            try {
                channel.write(request.numbered(next));
            } catch (IOException e) {
                throw explain(e);
            }
            return next;
        }

        @Override
        boolean receiveSome() throws IOException {
            try {
                response.clear();
                channel.read(response);
            } catch (IOException e) {
                throw explain(e);
            }
            if (response.position() != messageBytes) {
                return false;
            }
            long came = seen.length == 1 ? onTheirWay.getPlain(0) : response.getLong(0);
            int place = (int) Math.floorMod(came, (long) seen.length);
            if (came == NOTHING || came != onTheirWay.getPlain(place)) {
                return false;
            }
            request.numbered(came);
            if (!request.answeredBy(response)) {
                return false;
            }
            onTheirWay.setRelease(place, NOTHING);
            idlePlaces[idle++] = place;
            answered = came;
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
            for (int place = 0; place < seen.length; place++) {
                long present = onTheirWay.getAcquire(place);
                if (present != NOTHING && present == seen[place]) {
                    channel.write(again.numbered(present));
                    resent.incrementAndGet();
                }
                seen[place] = present;
            }
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
            this.numberBytes = Math.min(messageBytes, NUMBER_BYTES);
        }

        /** The message with a number, ready to be sent. */
        ByteBuffer numbered(long number) {
            if (numberBytes == NUMBER_BYTES) {
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
            if (numberBytes == NUMBER_BYTES) {
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
