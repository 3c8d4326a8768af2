package dev.tare.net.socket;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What becomes of a descriptor that a channel has taken over, told line by line. It is a TCP one, made by system calls as VSOCK's
 * are: those are had in few kernels, and nothing of this differs.
 */
public final class AdoptedSocket {
    private static final short AF_INET = 2;

    private AdoptedSocket() {}

    /** Needs no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (ServerSocketChannel server = listen()) {
            try (SocketChannel here = connect(server);
                    SocketChannel there = server.accept()) {
                there.write(bytes("to the adopted one"));
                System.out.println("read: " + text(here));
                here.write(bytes("and back"));
                System.out.println("returned: " + text(there));
                here.socket().setSoTimeout(20);
                tell("late", () -> here.socket().getInputStream().read());
                there.shutdownOutput();
                System.out.println("ended: " + here.read(ByteBuffer.allocate(1)));
            }
            try (SocketChannel here = connect(server);
                    SocketChannel there = server.accept()) {
                tellOfThread("closed", here, there, (reader, channel) -> channel.close());
            }
            try (SocketChannel here = connect(server);
                    SocketChannel there = server.accept()) {
                tellOfThread("interrupted", here, there, (reader, channel) -> reader.interrupt());
            }
        }
        tell("nobody", () -> {
            try (VsockChannel channel = VsockChannel.open()) {
                return channel.connect(VsockAddress.parse("peer", "vsock:1:59999"));
            }
        });
        Thread.currentThread().interrupt();
        tell("interrupted accept", () -> {
            try (VsockServerChannel server =
                    VsockServerChannel.open(new VsockAddress(VsockAddress.ANY_CID, 59_998), 1)) {
                return server.accept();
            }
        });
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static VsockChannel connect(ServerSocketChannel server) throws IOException {
        LinuxCalls kernel = LinuxCalls.ofThisKernel();
        long descriptor = kernel.call(Call.SOCKET, AF_INET, 1, 0, 0, 0, 0);
        // struct sockaddr_in: family, and in the network's order port and address.
        ByteBuffer address =
                ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()).putShort(0, AF_INET);
        address.order(ByteOrder.BIG_ENDIAN)
                .putShort(2, (short) server.socket().getLocalPort())
                .putInt(4, 0x7f00_0001);
        VsockChannel.require(
                kernel.call(Call.CONNECT, descriptor, ForeignFunctions.address(address), 16, 0, 0, 0), "a connection");
        return VsockChannel.adopt(descriptor);
    }

    private interface End {
        void of(Thread reader, SocketChannel channel) throws IOException;
    }

    /** Ends a read that has the first byte and waits for more. */
    private static void tellOfThread(String what, SocketChannel here, SocketChannel there, End end) throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        FutureTask<Integer> read = new FutureTask<>(() -> {
            ByteBuffer one = ByteBuffer.allocate(1);
            here.read(one);
            began.countDown();
            return here.read(one.clear());
        });
        Thread reader = new Thread(read, "reader");
        reader.start();
        there.write(bytes("1"));
        began.await();
        end.of(reader, here);
        tell(what, () -> {
            try {
                return read.get();
            } catch (ExecutionException e) {
                throw (Exception) e.getCause();
            }
        });
        reader.join();
    }

    private static void tell(String what, Callable<?> attempt) throws Exception {
        try {
            System.out.println(what + ": " + attempt.call());
        } catch (IOException e) {
            System.out.println(what + ": " + e.getClass().getSimpleName());
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        channel.read(buffer);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }
}
