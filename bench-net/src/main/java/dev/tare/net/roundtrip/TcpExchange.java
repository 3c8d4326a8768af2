package dev.tare.net.roundtrip;

import dev.tare.net.stream.ByteCount;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/** Exchanges over a connection; on a non-blocking channel it spins until the response is there. */
public final class TcpExchange implements Exchange {
    private final SocketChannel channel;
    private final int messageBytes;
    private final Numbering request;
    private final ByteBuffer response;
    private final ByteCount count = new ByteCount();
    private long number;

    /**
     * Exchanges over a connection to an echo.
     *
     * @param messageBytes length of a request and of its response
     */
    public TcpExchange(SocketChannel channel, int messageBytes) {
        this.channel = channel;
        this.messageBytes = messageBytes;
        this.request = new Numbering(messageBytes);
        this.response = ByteBuffer.allocateDirect(messageBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void exchange() throws IOException {
        ByteBuffer message = request.numbered(number);
        response.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        while (response.hasRemaining()) {
            if (channel.read(response) < 0) {
                throw new EOFException("the peer closed the connection after " + number + " exchanges");
            }
        }
        if (!request.answeredBy(response)) {
            throw new IOException("the response of " + messageBytes + " bytes is not that of exchange " + number
                    + "; see what changes the traffic on the way");
        }
        count.set(++number);
    }

    @Override
    public void verify() throws IOException {
        if (number > 0) {
            request.verify(response);
        }
    }

    @Override
    public ByteCount count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
