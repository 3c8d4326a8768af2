package dev.tare.campaign.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tare.campaign.agent.HostWork.Description;
import dev.tare.campaign.agent.HostWork.FailedForkException;
import dev.tare.campaign.agent.HostWork.ForkOrder;
import dev.tare.campaign.agent.HostWork.MeasuredLine;
import dev.tare.campaign.agent.HostWork.PlannedLine;
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
import java.nio.file.StandardOpenOption;
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
    private static final int LONGEST_LOG = 1 << 18;
    private static final String MANAGEMENT = "the management host";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HostWork work;
    private final MessageStream stream;
    private final Path temporary;
    private final Runnable forsaken;
    private final List<Closeable> peers = new ArrayList<>();
    private volatile long heardNs = System.nanoTime();
    private volatile boolean ended;
    private @Nullable Thread silence;
    private @Nullable Greeting greeting;
    private @Nullable Attempt attempt;

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
                case "plan" -> stream.send(planned(fields.get("line").text()));
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
        Description here = work.describe();
        WireMessage answer = WireMessage.of("hello")
                .with("protocol", WireMessage.PROTOCOL)
                .with("version", here.version())
                .with("program", here.fingerprint().program())
                .with("jvm", here.fingerprint().jvm())
                .with("machine", here.fingerprint().machine())
                .with("environment", here.environmentJson());
        here.jvmFlags().forEach(answer.body().putArray("jvmFlags")::add);
        here.found().forEach(answer.body().putObject("found")::put);
        return answer;
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

    private WireMessage planned(String line) throws RefusedLineException {
        PlannedLine planned = work.plan(line);
        WireMessage answer = WireMessage.of("planned")
                .with("warmups", planned.warmups())
                .with("warmupMs", planned.warmupMs())
                .with("iterations", planned.iterations())
                .with("iterationMs", planned.iterationMs());
        answer.body().set("configuration", planned.configuration().json());
        return answer;
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
        if (attempt != null) {
            throw new RefusedLineException("expected one fork at a time, got another prepare");
        }
        Path socket = greeted().folder().path().resolve("gate");
        String line = fields.get("line").text();
        if (fields.get("token").truth()) {
            line += " -p tokenFile=" + greeted().token().write();
        }
        attempt = new Attempt(
                fields.get("attempt").count(),
                new ForkOrder(
                        line,
                        fields.get("iterations").count(),
                        socket,
                        greeted().clock(),
                        fields.get("always").truth()));
    }

    private void go(JsonCursor fields) throws UnreadableRunException {
        Attempt current = attempt;
        long atNs = fields.get("atNs").whole();
        if (current != null && current.number == fields.get("attempt").count()) {
            try {
                current.gate.go(atNs);
            } catch (IOException noForkAtTheGate) {
                // It has failed, which the end of the attempt tells.
                current.abandon();
            }
        }
    }

    /** Hands over what was measured; a fork that still measures is stopped. */
    private void stop(JsonCursor fields) throws IOException, UnreadableRunException {
        Attempt current = attempt;
        attempt = null;
        WireMessage measured = current == null ? nothing() : current.finish();
        int number = fields.get("attempt").count();
        stream.send((current != null && current.number == number ? measured : nothing()).with("attempt", number));
    }

    private static WireMessage nothing() {
        return WireMessage.of("failed").with("message", "nothing was measured");
    }

    private void end(boolean orderly) throws IOException {
        ended = true;
        LockSupport.unpark(silence);
        Attempt current = attempt;
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

    /** One fork, from its start until what it measured is handed over. */
    private final class Attempt {
        private final int number;
        private final ForkOrder order;
        private final ForkGate gate;
        private final Thread thread = new Thread(this::measure, "campaign fork");
        private volatile @Nullable WireMessage result;
        private volatile boolean abandoned;

        Attempt(int number, ForkOrder order) throws IOException {
            this.number = number;
            this.order = order;
            this.gate = ForkGate.open(order.gate(), this::ready);
            thread.start();
        }

        private void ready(long boundNs) {
            say(WireMessage.of("ready").with("attempt", number).with("boundNs", boundNs));
        }

        private void measure() {
            try {
                MeasuredLine measured = work.measure(order);
                WireMessage message = message(measured);
                keep(message);
                result = message;
            } catch (RefusedLineException | FailedForkException | IOException | RuntimeException e) {
                result = WireMessage.of("failed").with("message", Reasons.of(e));
            }
            log(result);
            if (!abandoned) {
                say(WireMessage.of("ended").with("attempt", number));
            }
        }

        private void log(@Nullable WireMessage about) {
            String log = work.log();
            if (about != null) {
                about.with("log", log.substring(Math.max(0, log.length() - LONGEST_LOG)));
            }
        }

        /** Where the channel is gone, the thread that reads it sees that, too, and ends everything. */
        private void say(WireMessage message) {
            try {
                stream.send(message);
            } catch (IOException gone) {
                abandoned = true;
            }
        }

        private WireMessage message(MeasuredLine measured) throws JsonProcessingException {
            WireMessage message = WireMessage.of("result")
                    .with("started", measured.started().toString())
                    .with("ms", Math.round(measured.seconds() * 1e3));
            message.body().set("configuration", measured.configuration().json());
            measured.facts().forEach(message.body().putObject("facts")::put);
            ArrayNode iterations = message.body().putArray("iterations");
            for (String iteration : measured.iterations()) {
                iterations.add(JSON.readTree(iteration));
            }
            measured.histograms().forEach(message.body().putObject("histograms")::put);
            gate.lines().forEach(message.body().putArray("gate")::add);
            message.body().set("jmh", measured.result().jmh());
            message.body().set("aggregation", measured.result().aggregation());
            return message;
        }

        private void keep(WireMessage message) throws IOException {
            Files.writeString(
                    greeted().journal(),
                    message.body() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        }

        private WireMessage finish() throws IOException {
            abandoned = true;
            WireMessage measured = result;
            if (measured == null) {
                abandon();
                measured = WireMessage.of("failed").with("message", "it was stopped before its fork had ended");
            }
            gate.close();
            return measured;
        }

        private void abandon() {
            work.stopForks();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
