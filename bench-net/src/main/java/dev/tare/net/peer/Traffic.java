package dev.tare.net.peer;

import dev.tare.net.control.Role;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.ByteCount;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.CreditingReceiver;
import dev.tare.net.stream.Pattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What the peer does on one connection until the client closes it. */
interface Traffic {
    /** One buffer for all reads of a sink: as much as a second-level cache holds beside other things. */
    int READ_BYTES = 256 << 10;

    void run() throws IOException;

    /** Bytes moved, readable by other threads. */
    ByteCount count();

    /** Direct memory that a stream takes. */
    static long bufferBytes(Role role, StreamOptions options) {
        return role == Role.SINK ? READ_BYTES : options.messageBytes();
    }

    static Traffic of(Role role, StreamOptions options, SocketChannel channel) {
        return switch (role) {
            case SINK ->
                new Sink(new CreditingReceiver(channel, ByteBuffer.allocateDirect(READ_BYTES), options.messageBytes()));
            case SOURCE -> new Source(new CreditedSender(channel, Pattern.message(options.messageBytes())));
        };
    }

    /** Receives as long as the client sends. */
    record Sink(CreditingReceiver receiver) implements Traffic {
        @Override
        public void run() throws IOException {
            receiver.grant();
            while (receiver.receiveSome()) {
                // Everything that a read needs done is done by the receiver.
            }
        }

        @Override
        public ByteCount count() {
            return receiver.count();
        }
    }

    /** Sends as long as the client grants. */
    record Source(CreditedSender sender) implements Traffic {
        @Override
        public void run() throws IOException {
            while (sender.send()) {
                // Everything that a message needs done is done by the sender.
            }
        }

        @Override
        public ByteCount count() {
            return sender.count();
        }
    }
}
