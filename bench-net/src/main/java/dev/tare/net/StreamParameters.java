package dev.tare.net;

import dev.tare.net.control.StreamOptions;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What can be chosen for a stream of messages. */
@State(Scope.Benchmark)
public class StreamParameters {
    private static final String KERNEL = "kernel";

    /** Bytes of one message, 1 to 64 MiB: the transfer size of the study's network tests. */
    @Param({"4096", "32768", "262144", "1048576", "4194304"})
    public int messageBytes;

    /** What the kernels are asked for as send and receive buffers at both ends; {@code kernel} leaves it to them. */
    @Param(KERNEL)
    public String socketBufferBytes;

    /** Whether small segments are sent at once (TCP_NODELAY). */
    @Param("true")
    public boolean noDelay;

    StreamOptions options() {
        return new StreamOptions(messageBytes, bufferBytes(socketBufferBytes), noDelay);
    }

    static int bufferBytes(String socketBufferBytes) {
        if (socketBufferBytes.equals(KERNEL)) {
            return StreamOptions.KERNEL_CHOOSES;
        }
        try {
            return Integer.parseInt(socketBufferBytes);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "socketBufferBytes must be " + KERNEL + " or a number of bytes, got " + socketBufferBytes, e);
        }
    }
}
