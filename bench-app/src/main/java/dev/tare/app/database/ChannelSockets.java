package dev.tare.app.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * Sockets of which a read is one system call. A plain socket that was once given a limit, be it for connecting, tries to
 * read, polls and reads again ever after: half of a client's system calls. What waits in a channel ends when its thread is
 * interrupted, as JMH does after its time limit ({@code -to}), so that a server that hangs does not hang us.
 *
 * <p>Public for the driver, which makes it by its name.
 */
public final class ChannelSockets extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
        return SocketChannel.open().socket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress here, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(here, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress here, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(here, localPort));
    }

    private Socket connected(InetSocketAddress there) throws IOException {
        Socket socket = createSocket();
        socket.connect(there);
        return socket;
    }

    private Socket connected(InetSocketAddress there, InetSocketAddress here) throws IOException {
        Socket socket = createSocket();
        socket.bind(here);
        socket.connect(there);
        return socket;
    }
}
