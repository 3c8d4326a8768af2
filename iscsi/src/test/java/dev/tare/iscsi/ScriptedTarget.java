package dev.tare.iscsi;

import dev.tare.iscsi.login.TargetLogin;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.CommandBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A target that behaves until the first READ or WRITE comes in, then does what a script says, and then waits for the
 * logout.
 */
public final class ScriptedTarget implements AutoCloseable {
    static final String TARGET = "iqn.2026-01.dev.tare:broken";
    static final int BLOCKS = 1 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] NONE = new byte[0];

    private final ServerSocketChannel listener;
    private final Script script;
    private final Thread thread;
    private volatile @Nullable Throwable fault;

    /** What to do with the first request that is no question about the unit. */
    interface Script {
        void play(Talk talk) throws IOException;
    }

    /** One connection, with the numbers that an answer must carry. */
    static final class Talk {
        private final PduStream stream;
        final SocketChannel channel;
        int statusNumber;
        int commandNumber;
        Header request = Header.blank();
        private byte[] data = NONE;

        Talk(PduStream stream, SocketChannel channel, int statusNumber, int commandNumber) {
            this.stream = stream;
            this.channel = channel;
            this.statusNumber = statusNumber;
            this.commandNumber = commandNumber;
        }

        /** Waits for the next request. */
        Header next() throws IOException {
            PduStream.Pdu pdu = stream.receive(LIMIT);
            request = pdu.header();
            data = pdu.data();
            if (!request.immediate() && request.opcode() != Opcode.DATA_OUT) {
                commandNumber = request.commandNumber() + 1;
            }
            return request;
        }

        /** The right beginning of an answer to the last request. */
        Header answer(int opcode) {
            return Header.blank()
                    .clear(opcode)
                    .flags(Header.FINAL)
                    .taskTag(request.taskTag())
                    .statusNumber(statusNumber)
                    .expectedCommandNumber(commandNumber)
                    .maxCommandNumber(commandNumber + 255);
        }

        void send(Header header, byte[] data) throws IOException {
            stream.send(header, data, LIMIT);
        }

        /** Sends data of the last read, status included. */
        void data(byte[] data) throws IOException {
            last(answer(Opcode.DATA_IN).flags(Header.FINAL | 1).transferTag(Header.NO_TAG), data);
        }

        /** Sends an answer that takes a status number. */
        void last(Header header, byte[] data) throws IOException {
            send(header, data);
            statusNumber++;
        }

        /** Puts the data of the last request, a write or a Data-Out, where they belong among those of the command. */
        void collect(byte[] whole) {
            int at = request.opcode() == Opcode.DATA_OUT ? request.bufferOffset() : 0;
            System.arraycopy(data, 0, whole, at, data.length);
        }

        void good() throws IOException {
            status(0, NONE);
        }

        /** Sends a SCSI response, with sense data or without. */
        void status(int status, byte[] sense) throws IOException {
            send(answer(Opcode.SCSI_RESPONSE).octet(3, status), sense);
            statusNumber++;
        }

        /** Waits for the logout, unless it has come, and answers it. */
        void logout() throws IOException {
            while (request.opcode() != Opcode.LOGOUT_REQUEST) {
                next();
            }
            send(answer(Opcode.LOGOUT_RESPONSE), NONE);
        }

        /** Closes the connection in the middle of everything. */
        void hangUp() throws IOException {
            channel.close();
        }

        /** Reads what comes and says nothing until the initiator hangs up. */
        void silence() throws IOException {
            while (true) {
                next();
            }
        }
    }

    ScriptedTarget(Script script) throws IOException {
        this.script = script;
        this.listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.thread = new Thread(this::serve, "scripted target");
        thread.start();
    }

    String url() throws IOException {
        return "iscsi://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/" + TARGET + "/0";
    }

    private void serve() {
        while (listener.isOpen()) {
            try (SocketChannel channel = listener.accept();
                    Wire wire = Wire.accepted(channel)) {
                talk(wire, channel);
            } catch (IOException e) {
                System.out.println("scripted target: " + e.getMessage());
            } catch (RuntimeException | AssertionError e) {
                // The connection is closed; whoever closes this target hears of it.
                fault = e;
            }
        }
    }

    private void talk(Wire wire, SocketChannel channel) throws IOException {
        PduStream stream = new PduStream(wire);
        TargetLogin.Outcome login = TargetLogin.run(stream, TARGET, null, 1, LIMIT);
        stream.continueWith(
                login.parameters().maxReceiveBytes(),
                login.parameters().headerDigest(),
                login.parameters().dataDigest());
        Talk talk = new Talk(stream, channel, login.statusNumber(), login.commandNumber());
        while (talk.next().opcode() != Opcode.LOGOUT_REQUEST) {
            if (!introduced(talk)) {
                script.play(talk);
                talk.logout();
                return;
            }
        }
        talk.send(talk.answer(Opcode.LOGOUT_RESPONSE), NONE);
    }

    /** Answers a question about the unit; returns false at any other request. */
    private static boolean introduced(Talk talk) throws IOException {
        Header request = talk.request;
        switch (request.buffer().get(request.descriptorBlockAt()) & 0xff) {
            case CommandBlock.TEST_UNIT_READY -> talk.good();
            case CommandBlock.INQUIRY -> talk.data(new byte[36]);
            case CommandBlock.READ_CAPACITY_10 ->
                talk.data(ByteBuffer.allocate(8).putInt(BLOCKS - 1).putInt(512).array());
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        thread.interrupt();
        try {
            thread.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (fault != null) {
            throw new AssertionError("the script failed", fault);
        }
    }
}
