package dev.tare.net.socket;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.NetworkChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A socket's options that Java has no name for, by {@code setsockopt(2)} and {@code getsockopt(2)}. Only where {@link #missing} is
 * empty: the JVM needs the foreign-function API, and leave to ask a channel for its descriptor.
 */
final class KernelSocket {
    private static final Optional<String> MISSING = findMissing();

    /** An option's level and number, the same on x86-64 and AArch64. */
    enum Option {
        ERROR("SO_ERROR", 1, 4),
        BUSY_POLL("SO_BUSY_POLL", 1, 46),
        MAX_PACING_RATE("SO_MAX_PACING_RATE", 1, 47),
        MAXIMUM_SEGMENT("TCP_MAXSEG", 6, 2),
        INFO("TCP_INFO", 6, 11),
        CONGESTION("TCP_CONGESTION", 6, 13),
        VSOCK_BUFFER("SO_VM_SOCKETS_BUFFER_SIZE", 40, 0),
        VSOCK_LARGEST_BUFFER("SO_VM_SOCKETS_BUFFER_MAX_SIZE", 40, 2);

        private final String kernelName;
        private final long level;
        private final long number;

        Option(String kernelName, long level, long number) {
            this.kernelName = kernelName;
            this.level = level;
            this.number = number;
        }
    }

    private final LinuxCalls calls = LinuxCalls.ofThisKernel();
    private final long descriptor;

    KernelSocket(NetworkChannel channel) {
        this.descriptor = descriptor(channel);
    }

    /** Why this JVM cannot set these options, or empty when it can. */
    static Optional<String> missing() {
        return MISSING;
    }

    private static Optional<String> findMissing() {
        return ForeignFunctions.MISSING.or(() -> {
            try {
                Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
                return isExported()
                        ? Optional.empty()
                        : Optional.of("this JVM does not tell a channel's descriptor; start it with "
                                + SocketSettings.DESCRIPTORS);
            } catch (ReflectiveOperationException e) {
                return Optional.of("this JVM has no descriptors for channels: " + e);
            }
        });
    }

    private static boolean isExported() {
        return Object.class.getModule().isExported("sun.nio.ch", KernelSocket.class.getModule());
    }

    private static long descriptor(NetworkChannel channel) {
        try {
            return (int)
                    Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(channel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a channel's descriptor: expected it to be told, got " + e, e);
        }
    }

    void set(Option option, long value) throws IOException {
        boolean isLong = option == Option.MAX_PACING_RATE || option.level == VsockAddress.FAMILY;
        int bytes = isLong ? Long.BYTES : Integer.BYTES;
        ByteBuffer memory = memory(bytes);
        if (bytes == Long.BYTES) {
            memory.putLong(0, value);
        } else {
            memory.putInt(0, (int) value);
        }
        set(option, memory, Long.toString(value));
    }

    void set(Option option, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        set(option, memory(bytes.length).put(0, bytes), value);
    }

    private void set(Option option, ByteBuffer value, String text) throws IOException {
        long result = calls.call(
                Call.SETSOCKOPT,
                descriptor,
                option.level,
                option.number,
                ForeignFunctions.address(value),
                value.capacity(),
                0);
        if (result < 0) {
            throw new IOException(
                    option.kernelName + ": expected the kernel to take " + text + ", got " + LinuxCalls.error(result));
        }
    }

    long number(Option option) throws IOException {
        ByteBuffer value = get(option, Long.BYTES);
        return value.remaining() == Long.BYTES ? value.getLong(0) : value.getInt(0);
    }

    String text(Option option) throws IOException {
        byte[] bytes = new byte[32];
        ByteBuffer value = get(option, bytes.length);
        value.get(bytes, 0, value.remaining());
        String padded = new String(bytes, StandardCharsets.US_ASCII);
        int end = padded.indexOf('\0');
        return end < 0 ? padded : padded.substring(0, end);
    }

    /** An option's value, as long as the kernel makes it. */
    ByteBuffer get(Option option, int mostBytes) throws IOException {
        ByteBuffer value = memory(mostBytes);
        ByteBuffer length = memory(Integer.BYTES).putInt(0, mostBytes);
        long result = calls.call(
                Call.GETSOCKOPT,
                descriptor,
                option.level,
                option.number,
                ForeignFunctions.address(value),
                ForeignFunctions.address(length),
                0);
        if (result < 0) {
            throw new IOException(
                    option.kernelName + ": expected the kernel to tell it, got " + LinuxCalls.error(result));
        }
        return value.limit(length.getInt(0));
    }

    long descriptor() {
        return descriptor;
    }

    /** An end of a VSOCK connection, by GETSOCKNAME or GETPEERNAME. */
    VsockAddress address(Call end) throws IOException {
        ByteBuffer address = VsockAddress.memory();
        ByteBuffer length = memory(Integer.BYTES).putInt(0, VsockAddress.BYTES);
        VsockChannel.require(
                calls.call(
                        end, descriptor, ForeignFunctions.address(address), ForeignFunctions.address(length), 0, 0, 0),
                "VSOCK: expected the address of a connection's end");
        return VsockAddress.of(address);
    }

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
