package dev.tare.net.socket;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** Accepts connections over VSOCK. */
public final class VsockServerChannel extends ServerSocketChannel {
    private static final long NON_BLOCKING = 0x800;

    private final LinuxCalls kernel = LinuxCalls.ofThisKernel();
    private final VsockAddress address;
    private final long descriptor;

    private VsockServerChannel(VsockAddress address, long descriptor) {
        super(SelectorProvider.provider());
        this.address = address;
        this.descriptor = descriptor;
    }

    /**
     * Listens.
     *
     * @throws IOException when the kernel has no such address, or none of its transports serves it
     */
    public static VsockServerChannel open(VsockAddress address, int backlog) throws IOException {
        VsockServerChannel server =
                new VsockServerChannel(address, VsockChannel.newSocket(VsockChannel.CLOSE_ON_EXEC | NON_BLOCKING));
        try {
            server.listen(backlog);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private synchronized void listen(int backlog) throws IOException {
        ByteBuffer memory = address.toMemory();
        VsockChannel.require(
                kernel.call(Call.BIND, descriptor, ForeignFunctions.address(memory), VsockAddress.BYTES, 0, 0, 0),
                address + ": expected an address of this machine (modprobe vsock_loopback for CID 1)");
        VsockChannel.require(
                kernel.call(Call.LISTEN, descriptor, backlog, 0, 0, 0, 0), address + ": expected to listen");
    }

    @Override
    public SocketChannel accept() throws IOException {
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                close();
                throw new ClosedByInterruptException();
            }
            long accepted = acceptSoon();
            if (accepted >= 0) {
                return VsockChannel.adopt(accepted);
            }
        }
    }

    /** A connection's descriptor, or an error that goes by: {@link #close} waits for this, so that the descriptor stays ours. */
    private synchronized long acceptSoon() throws IOException {
        if (!isOpen()) {
            throw new AsynchronousCloseException();
        }
        if (!new KernelPoll(descriptor, KernelPoll.READABLE).await()) {
            return -LinuxCalls.EAGAIN;
        }
        long accepted = kernel.call(Call.ACCEPT4, descriptor, 0, 0, VsockChannel.CLOSE_ON_EXEC, 0, 0);
        return accepted == -LinuxCalls.EAGAIN
                ? accepted
                : VsockChannel.require(accepted, address + ": expected to accept");
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        return address;
    }

    @Override
    protected void implCloseSelectableChannel() {
        synchronized (this) {
            kernel.call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
        }
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) {
        throw new UnsupportedOperationException("it is bound already");
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException("VSOCK has no " + name);
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException("VSOCK has no " + name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public ServerSocket socket() {
        throw new UnsupportedOperationException("Java has no such socket");
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        if (!block) {
            throw new UnsupportedOperationException("it always waits");
        }
    }
}
