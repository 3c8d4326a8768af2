package dev.tare.campaign.agent;

import dev.tare.campaign.agent.HostWork.ForkOrder;
import dev.tare.campaign.agent.HostWork.RefusedLineException;
import dev.tare.campaign.wire.MalformedMessageException;
import dev.tare.campaign.wire.MessageStream;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.OwnedFolder;
import dev.tare.harness.Reasons;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a channel of a campaign starts on a host: it measures what the management host asks for, with the same forks as a run,
 * and ends with its channel, together with its forks. docs/campaigns.md lists the messages.
 *
 * <p>While it measures it sends nothing. It keeps what it measured in a journal of its own until the management host says
 * that all is well.
 */
public final class Agent {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final String MANAGEMENT = "the management host";

    private final HostWork work;
    private final MessageStream stream;
    private final Path temporary;
    private final Runnable forsaken;
    private final List<Closeable> peers = new ArrayList<>();
    private volatile long heardNs = System.nanoTime();
    private volatile boolean ended;
    private @Nullable Thread silence;
    private @Nullable Greeting greeting;
    private @Nullable AgentFork fork;

    /** What the management host said of itself. */
    private record Greeting(
            String campaign,
            String host,
            String clock,
            PeerToken token,
            OwnedFolder folder,
            HostLock lock,
            Path journal) {}

    /**
     * An agent.
     *
     * @param temporary folder for sockets, locks and its journal
     * @param forsaken ends this JVM; called when the management host has been silent for longer than it said it would be, as
     *     it is when a network broke and the channel did not notice
     */
    public Agent(HostWork work, InputStream in, OutputStream out, Path temporary, Runnable forsaken) {
        this.work = work;
        this.forsaken = forsaken;
        this.temporary = temporary;
        this.stream = new MessageStream(MANAGEMENT, in, out, MessageStream.MANAGEMENT_LIMIT_BYTES, System::nanoTime);
    }

    /**
     * Serves until the channel ends, or until nothing more comes that can be trusted. The caller then ends this JVM.
     *
     * @return whether the management host said good-bye
     */
    public boolean serve() throws IOException {
        boolean orderly = false;
        try {
            for (Optional<WireMessage> next = stream.receive(); next.isPresent(); next = stream.receive()) {
                heardNs = System.nanoTime();
                if (next.get().is("bye")) {
                    orderly = true;
                    break;
                }
                answer(next.get());
            }
        } catch (MalformedMessageException | UnreadableRunException e) {
            stream.send(WireMessage.of("refused").with("message", Reasons.of(e)));
        } finally {
            end(orderly);
        }
        return orderly;
    }

    private void answer(WireMessage message) throws IOException, UnreadableRunException {
        JsonCursor fields = message.fields(MANAGEMENT);
        if (greeting == null && !message.is("hello")) {
            throw new MalformedMessageException("expected hello first, got " + message.type());
        }
        try {
            switch (message.type()) {
                case "hello" -> stream.send(greet(fields));
                case "ping" -> stream.send(WireMessage.of("pong"));
                case "plan" -> stream.send(work.plan(fields.get("line").text()).message());
                case "clock" -> stream.send(ClockTrial.of(greeted().clock()));
                case "peer" -> stream.send(peer(fields));
                case "connect" -> stream.send(connect(fields));
                case "prepare" -> prepare(fields);
                case "go" -> go(fields);
                case "stop" -> stop(fields);
                // A later version of one protocol may say more; what cannot be understood cannot be answered.
                default ->
                    throw new RefusedLineException(
                            "expected a message of protocol " + WireMessage.PROTOCOL + ", got " + message.type());
            }
        } catch (RefusedLineException | IllegalArgumentException e) {
            stream.send(WireMessage.of("refused").with("message", Reasons.of(e)));
        }
    }

    private Greeting greeted() {
        Greeting known = greeting;
        if (known == null) {
            throw new IllegalStateException("answered before it was greeted");
        }
        return known;
    }

    private WireMessage greet(JsonCursor fields) throws IOException, UnreadableRunException, RefusedLineException {
        int protocol = fields.get("protocol").count();
        if (protocol != WireMessage.PROTOCOL || greeting != null) {
            throw new RefusedLineException(
                    "expected protocol " + WireMessage.PROTOCOL + " of an agent of Tare, once, got " + protocol
                            + "; use the same benchmarks.jar on all hosts (--deploy copies it)");
        }
        String campaign = fields.get("campaign").text();
        String host = fields.get("host").text();
        String clock = fields.get("clock").text();
        PeerToken token = new PeerToken(temporary, fields.get("token").text());
        int silenceS = fields.get("silenceS").count();
        HostLock lock;
        try {
            lock = HostLock.take(temporary, campaign);
        } catch (IOException e) {
            throw new RefusedLineException(Reasons.of(e));
        }
        greeting = new Greeting(
                campaign,
                host,
                clock,
                token,
                // Short: the path of a Unix socket has at most 107 bytes.
                OwnedFolder.create(temporary, "tare-a"),
                lock,
                temporary.resolve("tare-agent-" + campaign.replaceAll("[^A-Za-z0-9.-]", "_") + "-" + host + ".jsonl"));
        watchSilence(silenceS);
        return work.describe().message();
    }

    private void watchSilence(int longestS) {
        Thread watch = new Thread(
                () -> {
                    long leftNs = TimeUnit.SECONDS.toNanos(longestS);
                    while (leftNs > 0 && !ended) {
                        LockSupport.parkNanos(leftNs);
                        leftNs = TimeUnit.SECONDS.toNanos(longestS) - (System.nanoTime() - heardNs);
                    }
                    if (!ended) {
                        forsaken.run();
                    }
                },
                "campaign silence");
        watch.setDaemon(true);
        watch.start();
        silence = watch;
    }

    private WireMessage peer(JsonCursor fields) throws UnreadableRunException, RefusedLineException {
        try {
            HostWork.PassivePeer peer = work.startPeer(
                    InetAddress.getByName(fields.get("bind").text()),
                    fields.get("port").count(),
                    greeted().token().write());
            peers.add(peer);
            return WireMessage.of("peer").with("port", peer.address().getPort());
        } catch (IOException e) {
            throw new RefusedLineException("peer: " + Reasons.of(e));
        }
    }

    private static WireMessage connect(JsonCursor fields) throws UnreadableRunException, RefusedLineException {
        InetSocketAddress address = new InetSocketAddress(
                fields.get("host").text(), fields.get("port").count());
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) CONNECT_LIMIT.toMillis());
            return WireMessage.of("connected");
        } catch (IOException e) {
            throw new RefusedLineException("no connection to " + address + ": " + Reasons.of(e));
        }
    }

    private void prepare(JsonCursor fields) throws IOException, UnreadableRunException, RefusedLineException {
        if (fork != null) {
            throw new RefusedLineException("expected one fork at a time, got another prepare");
        }
        Path socket = greeted().folder().path().resolve("gate");
        String line = fields.get("line").text();
        if (fields.get("token").truth()) {
            line += " -p tokenFile=" + greeted().token().write();
        }
        fork = AgentFork.start(
                work,
                stream,
                greeted().journal(),
                fields.get("attempt").count(),
                new ForkOrder(
                        line,
                        fields.get("iterations").count(),
                        socket,
                        greeted().clock(),
                        fields.get("always").truth()));
    }

    private void go(JsonCursor fields) throws UnreadableRunException {
        AgentFork current = fork;
        long atNs = fields.get("atNs").whole();
        if (current != null && current.attempt() == fields.get("attempt").count()) {
            current.go(atNs);
        }
    }

    /** Hands over what was measured; a fork that still measures is stopped. */
    private void stop(JsonCursor fields) throws IOException, UnreadableRunException {
        AgentFork current = fork;
        fork = null;
        WireMessage measured = current == null ? nothing() : current.finish();
        int number = fields.get("attempt").count();
        stream.send((current != null && current.attempt() == number ? measured : nothing()).with("attempt", number));
    }

    private static WireMessage nothing() {
        return WireMessage.of("failed").with("message", "nothing was measured");
    }

    private void end(boolean orderly) throws IOException {
        ended = true;
        LockSupport.unpark(silence);
        AgentFork current = fork;
        if (current != null) {
            current.finish();
        }
        for (Closeable peer : peers) {
            peer.close();
        }
        Greeting known = greeting;
        if (known != null) {
            known.folder().close();
            known.token().remove();
            if (orderly) {
                Files.deleteIfExists(known.journal());
            }
            known.lock().close();
        }
    }
}
