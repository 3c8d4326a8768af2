package dev.tare.net.socket;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import dev.tare.net.socket.KernelSocket.Option;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A connection over VSOCK, between a guest and its host, as a channel of Java's.
 *
 * <p>Java has no sockets of this family. So a TCP connection of its own carries the descriptor: the VSOCK socket takes the place
 * of the TCP one beneath it (dup3), and Java's reads, writes, deadlines, interrupts and closes act on that. Only opening,
 * connecting and naming need system calls of ours. Options of IP and TCP there are none; the buffer is one for both directions.
 */
public final class VsockChannel extends SocketChannel {
    /** As long as an address of IP is tried. */
    private static final long CONNECT_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long STREAM = 1;
    static final long CLOSE_ON_EXEC = 0x80000;
    private static final long IN_PROGRESS = -115;
    private static final int TIMED_OUT = 110;

    private final SocketChannel carrier;
    private final KernelSocket kernelSocket;
    /** Made once: streams ask it between messages. */
    private final KernelPoll readable;

    private VsockChannel(SocketChannel carrier, KernelSocket kernelSocket) {
        super(SelectorProvider.provider());
        this.carrier = carrier;
        this.kernelSocket = kernelSocket;
        this.readable = new KernelPoll(kernelSocket.descriptor(), KernelPoll.READABLE);
    }

    /** Opens a socket that is not connected. */
    public static VsockChannel open() throws IOException {
        return adopt(newSocket(CLOSE_ON_EXEC));
    }

    /**
     * Refuses what this kind of JVM cannot do, whatever options it is started with.
     *
     * @throws IllegalArgumentException when it cannot open such sockets: why
     */
    public static void requireObtainable() {
        if (ForeignFunctions.MISSING.isPresent()) {
            throw new IllegalArgumentException("VSOCK: expected a JVM that can open its sockets, got "
                    + ForeignFunctions.MISSING.get() + "; use JDK 22 or newer at both ends, or a peer reached by TCP");
        }
    }

    /** A descriptor of a new socket with these flags. */
    static long newSocket(long flags) throws IOException {
        requireObtainable();
        if (KernelSocket.missing().isPresent()) {
            throw new IOException("VSOCK: " + KernelSocket.missing().get());
        }
        return require(
                LinuxCalls.ofThisKernel().call(Call.SOCKET, VsockAddress.FAMILY, STREAM | flags, 0, 0, 0, 0),
                "VSOCK: expected a kernel with it (CONFIG_VSOCKETS)");
    }

    static long require(long result, String expected) throws IOException {
        if (result < 0) {
            throw new IOException(expected + ", got " + LinuxCalls.error(result));
        }
        return result;
    }

    /** Takes over a socket's descriptor. */
    static VsockChannel adopt(long descriptor) throws IOException {
        LinuxCalls kernel = LinuxCalls.ofThisKernel();
        try {
            SocketChannel carrier = connectedToNobody();
            try {
                KernelSocket place = new KernelSocket(carrier);
                require(
                        kernel.call(Call.DUP3, descriptor, place.descriptor(), CLOSE_ON_EXEC, 0, 0, 0),
                        "VSOCK: expected dup3");
                return new VsockChannel(carrier, place);
            } catch (IOException e) {
                carrier.close();
                throw e;
            }
        } finally {
            kernel.call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
        }
    }

    /** Nobody accepts it, and its other end goes with the listener: only the descriptor and Java's object are wanted. */
    private static SocketChannel connectedToNobody() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            return SocketChannel.open(listener.getLocalAddress());
        }
    }

    /**
     * Connects within five seconds, or is closed by an interrupt.
     *
     * @throws ConnectException when nobody listens there, or nothing leads there
     */
    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        if (!(remote instanceof VsockAddress address)) {
            throw new IllegalArgumentException("a VSOCK socket: expected an address of VSOCK, got " + remote);
        }
        carrier.configureBlocking(false);
        ByteBuffer memory = address.toMemory();
        long result = LinuxCalls.ofThisKernel()
                .call(
                        Call.CONNECT,
                        kernelSocket.descriptor(),
                        ForeignFunctions.address(memory),
                        VsockAddress.BYTES,
                        0,
                        0,
                        0);
        if (result == IN_PROGRESS) {
            awaitConnection(address);
            result = -kernelSocket.number(Option.ERROR);
        }
        if (result == -TIMED_OUT) {
            throw new SocketTimeoutException("nothing leads to " + address);
        } else if (result < 0) {
            throw new ConnectException(LinuxCalls.error(result));
        }
        carrier.configureBlocking(true);
        return true;
    }

    private void awaitConnection(VsockAddress address) throws IOException {
        KernelPoll poll = new KernelPoll(kernelSocket.descriptor(), KernelPoll.WRITABLE);
        for (long beganNs = System.nanoTime(); !poll.await(); ) {
            if (Thread.currentThread().isInterrupted()) {
                close();
                throw new ClosedByInterruptException();
            }
            if (System.nanoTime() - beganNs > CONNECT_LIMIT_NS) {
                throw new SocketTimeoutException("nothing leads to " + address);
            }
        }
    }

    /**
     * Whether so many bytes have come that were not read yet. Of VSOCK the kernel tells no more than whether there are any, which
     * counts as all of them.
     */
    public static boolean hasWaiting(SocketChannel channel, int bytes) throws IOException {
        return channel instanceof VsockChannel vsock
                ? vsock.readable.isReady()
                : channel.socket().getInputStream().available() >= bytes;
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return kernelSocket.address(Call.GETPEERNAME);
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return kernelSocket.address(Call.GETSOCKNAME);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return carrier.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return carrier.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return carrier.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return carrier.write(sources, offset, length);
    }

    /** Its streams and their deadlines are this connection's, its addresses are not. */
    @Override
    public Socket socket() {
        return carrier.socket();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        requireSupported(name);
        long bytes = ((Integer) value).longValue();
        // A buffer is no larger than the largest that is allowed.
        kernelSocket.set(Option.VSOCK_LARGEST_BUFFER, bytes);
        kernelSocket.set(Option.VSOCK_BUFFER, bytes);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        requireSupported(name);
        return name.type().cast((int) kernelSocket.number(Option.VSOCK_BUFFER));
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of(StandardSocketOptions.SO_SNDBUF, StandardSocketOptions.SO_RCVBUF);
    }

    private void requireSupported(SocketOption<?> name) {
        if (!supportedOptions().contains(name)) {
            throw new UnsupportedOperationException("VSOCK has no " + name);
        }
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException("the kernel chooses the port of a VSOCK socket that connects");
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        carrier.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        carrier.shutdownOutput();
        return this;
    }

    @Override
    public boolean isConnected() {
        return carrier.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        carrier.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        carrier.configureBlocking(block);
    }
}
