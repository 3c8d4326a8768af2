package dev.tare.campaign.manage;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.manage.HostConnection.Heard;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.Reasons;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The channels to all hosts of a campaign. */
final class Switchboard implements AutoCloseable {
    private static final Duration GREETING_LIMIT = Duration.ofMinutes(2);
    private static final Duration PING_LIMIT = Duration.ofSeconds(10);
    private static final int PINGS = 3;

    private final Map<String, HostEntry> entries = new LinkedHashMap<>();
    private final Map<String, HostConnection> connections = new LinkedHashMap<>();
    private final Map<String, Long> roundTripsNs = new LinkedHashMap<>();
    private final BlockingQueue<Heard> inbox = new LinkedBlockingQueue<>();
    private final ChannelCommand command;
    private final UnaryOperator<WireMessage> hello;
    private final LongSupplier clock;
    private boolean closed;

    /** What a host answered: a message, or why there is none. */
    record Answer(Optional<WireMessage> message, String failure) {
        static Answer failed(String failure) {
            return new Answer(Optional.empty(), failure);
        }
    }

    /**
     * Channels to these hosts, none of them open yet.
     *
     * @param hello fills the greeting of a host, whose name it has
     * @param clock the campaign's timescale, for the times of traffic
     */
    Switchboard(List<HostEntry> hosts, ChannelCommand command, UnaryOperator<WireMessage> hello, LongSupplier clock) {
        hosts.forEach(host -> entries.put(host.name(), host));
        this.command = command;
        this.hello = hello;
        this.clock = clock;
    }

    /**
     * Opens channels and greets the agents at their ends.
     *
     * @return what each of them says of its host
     */
    Map<String, Answer> connect(List<String> hosts) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, WireMessage> greetings = new LinkedHashMap<>();
        for (String host : hosts) {
            try {
                open(host);
                greetings.put(host, hello.apply(WireMessage.of("hello").with("host", host)));
            } catch (UnavailableHostsException e) {
                answers.put(host, Answer.failed(Reasons.of(e)));
            }
        }
        answers.putAll(ask(greetings, GREETING_LIMIT));
        for (String host : hosts) {
            Answer answer = answers.getOrDefault(host, Answer.failed("no answer"));
            if (answer.message().isPresent()) {
                roundTripsNs.put(host, roundTripNs(host));
            } else {
                Optional.ofNullable(connections.get(host)).ifPresent(HostConnection::close);
            }
        }
        return answers;
    }

    private synchronized void open(String host) throws UnavailableHostsException {
        HostEntry entry = entries.get(host);
        if (closed || entry == null) {
            throw new UnavailableHostsException(host + ": the campaign has ended");
        }
        HostConnection before = connections.put(host, HostConnection.open(host, command.agent(entry), inbox, clock));
        if (before != null) {
            before.close();
        }
    }

    private long roundTripNs(String host) {
        long bestNs = PING_LIMIT.toNanos();
        for (int i = 0; i < PINGS; i++) {
            long startNs = System.nanoTime();
            Answer answer =
                    ask(Map.of(host, WireMessage.of("ping")), PING_LIMIT).getOrDefault(host, Answer.failed(""));
            if (answer.message().isPresent()) {
                bestNs = Math.min(bestNs, System.nanoTime() - startNs);
            }
        }
        return bestNs;
    }

    /** The worst of the round trips over the channels, each the best of a few. */
    long worstRoundTripNs() {
        return roundTripsNs.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The round trip over a host's channel. */
    Optional<Long> roundTrip(String host) {
        return Optional.ofNullable(roundTripsNs.get(host));
    }

    /** Whether a host's channel is open. */
    synchronized boolean isOpen(String host) {
        HostConnection connection = connections.get(host);
        return connection != null && !connection.isGone();
    }

    /** Asks hosts something, all at once, and waits for one answer of each. */
    Map<String, Answer> ask(Map<String, WireMessage> requests, Duration limit) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        requests.forEach((host, request) -> {
            Optional<String> failure = send(host, request);
            failure.ifPresent(reason -> answers.put(host, Answer.failed(reason)));
        });
        long limitNs = System.nanoTime() + limit.toNanos();
        while (answers.size() < requests.size()) {
            Optional<Heard> heard = hear(Duration.ofNanos(Math.max(0, limitNs - System.nanoTime())));
            if (heard.isEmpty()) {
                requests.keySet()
                        .forEach(host -> answers.putIfAbsent(
                                host, Answer.failed("no answer within " + limit.toSeconds() + " s" + words(host))));
                break;
            }
            String host = heard.get().from().host();
            if (requests.containsKey(host)) {
                answers.putIfAbsent(host, answer(heard.get()));
            }
        }
        return answers;
    }

    private static Answer answer(Heard heard) {
        if (heard.message().isEmpty()) {
            return Answer.failed(heard.reason() + heard.from().lastWords());
        }
        WireMessage message = heard.message().get();
        return message.is("refused")
                ? Answer.failed(message.body().path("message").asText())
                : new Answer(heard.message(), "");
    }

    private String words(String host) {
        HostConnection connection = connections.get(host);
        return connection == null ? "" : connection.lastWords();
    }

    /** Sends a host something; what went wrong, if anything did. */
    Optional<String> send(String host, WireMessage message) {
        HostConnection connection = connections.get(host);
        if (connection == null || connection.isGone()) {
            return Optional.of("its channel has ended" + words(host));
        }
        try {
            connection.send(message);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("its channel has ended (" + Reasons.of(e) + ")" + connection.lastWords());
        }
    }

    /** Waits for whatever comes next from an open channel, or for the end of one; empty when nothing comes in time. */
    Optional<Heard> hear(Duration limit) {
        long limitNs = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                Heard heard = inbox.poll(Math.max(0, limitNs - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (heard == null) {
                    return Optional.empty();
                }
                // What a channel said that was replaced since concerns nobody.
                if (connections.get(heard.from().host()) == heard.from()) {
                    return Optional.of(heard);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Bytes over a host's channel from one instant to another. */
    long bytesBetween(String host, long fromNs, long toNs) {
        HostConnection connection = connections.get(host);
        return connection == null ? 0 : connection.stream().bytesBetween(fromNs, toNs);
    }

    /** Forgets traffic and late words of attempts before. */
    void forget() {
        inbox.removeIf(heard -> heard.message().isPresent());
        connections.values().forEach(connection -> connection.stream().forgetTraffic());
    }

    /** Ends all channels, and the agents with them: in good order those that still listen. */
    @Override
    public void close() {
        List<HostConnection> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(connections.values());
        }
        open.forEach(connection -> send(connection.host(), WireMessage.of("bye")));
        open.parallelStream().forEach(HostConnection::close);
    }
}
