package dev.tare.net.peer;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.Reply;
import dev.tare.net.control.Request;
import dev.tare.net.control.Role;
import dev.tare.net.stream.CongestionControl;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One client: answers its requests one after the other and keeps its streams. */
final class ClientSession {
    private final Tickets tickets;
    private final StreamRoom room;
    private final ClientAccount account;
    private final Map<Integer, PeerStream> streams = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final SocketChannel channel;
    private final InetAddress client;

    ClientSession(Tickets tickets, StreamRoom room, ClientAccount account, SocketChannel channel) {
        this.tickets = tickets;
        this.room = room;
        this.account = account;
        this.channel = channel;
        this.client = channel.socket().getInetAddress();
    }

    /**
     * Serves until the client leaves or says what no client says.
     *
     * @param heard is run for every request
     */
    void serve(DataInputStream input, DataOutputStream output, Runnable heard) throws IOException {
        try {
            for (int type = input.read(); type >= 0; type = input.read()) {
                Request request = Request.read(type, input);
                heard.run();
                answer(request).write(output);
                output.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (PeerStream stream : streams.values()) {
                tickets.withdraw(stream);
                room.free(client, stream);
            }
            for (PeerStream stream : streams.values()) {
                stream.close();
            }
            for (Thread thread : threads) {
                join(thread);
            }
        }
    }

    private Reply answer(Request request) throws IOException, InterruptedException {
        try {
            if (request instanceof Request.Open open) {
                return open(open);
            } else if (request instanceof Request.Count count) {
                return count(count);
            } else if (request instanceof Request.Usage) {
                return new Reply.Used(CpuTimes.of(account.cpuNs()));
            } else if (request instanceof Request.Kernel) {
                return new Reply.Kernel(CongestionControl.systemDefault());
            }
            return new Reply.Done();
        } catch (RefusedRequestException e) {
            return new Reply.Failed(String.valueOf(e.getMessage()));
        }
    }

    private Reply open(Request.Open open) throws RefusedRequestException {
        PeerStream stream = new PeerStream(open.role(), open.options());
        room.take(client, stream);
        int number = streams.size() + 1;
        streams.put(number, stream);
        account.add(stream);
        if (!open.role().hasOwnPort()) {
            return new Reply.Opened(
                    number, tickets.issue(stream), channel.socket().getLocalPort());
        }
        try {
            return openOwnPort(open, number, stream);
        } catch (IOException e) {
            throw new RefusedRequestException("no port can be opened for the stream: " + e.getMessage());
        }
    }

    private Reply openOwnPort(Request.Open open, int number, PeerStream stream) throws IOException {
        InetAddress local = channel.socket().getLocalAddress();
        Nonce ticket = Nonce.random();
        OwnPortTraffic traffic = open.role() == Role.ACCEPTOR
                ? Acceptor.open(local, client)
                : DatagramTraffic.open(open.role(), open.options(), ticket, local, client);
        int port = traffic.port();
        Thread thread = new Thread(() -> serve(stream, traffic), "peer port " + port + " of " + account.client());
        threads.add(thread);
        thread.start();
        return new Reply.Opened(number, ticket, port);
    }

    private Reply count(Request.Count count) throws RefusedRequestException, InterruptedException {
        PeerStream stream = stream(count.stream());
        try {
            Reply reply = new Reply.Counted(stream.count(count.awaitedBytes()));
            return stream.failure().<Reply>map(Reply.Failed::new).orElse(reply);
        } catch (IOException e) {
            throw new RefusedRequestException(stream.failure().orElse("the stream cannot be counted: " + e));
        }
    }

    private static void serve(PeerStream stream, Traffic traffic) {
        try {
            stream.serve(traffic);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream's port cannot be closed", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PeerStream stream(int number) throws RefusedRequestException {
        PeerStream stream = streams.get(number);
        if (stream == null) {
            throw new RefusedRequestException("this session has no open stream " + number);
        }
        return stream;
    }
}
