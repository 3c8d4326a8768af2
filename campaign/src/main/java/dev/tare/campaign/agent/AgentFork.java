package dev.tare.campaign.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tare.campaign.agent.HostWork.FailedForkException;
import dev.tare.campaign.agent.HostWork.ForkOrder;
import dev.tare.campaign.agent.HostWork.MeasuredLine;
import dev.tare.campaign.agent.HostWork.RefusedLineException;
import dev.tare.campaign.wire.MessageStream;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One fork of an agent, from its start until what it measured is handed over. Its thread writes the result to the agent's journal
 * before the management host hears that it is there.
 */
final class AgentFork {
    private static final int LONGEST_LOG = 1 << 18;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HostWork work;
    private final MessageStream stream;
    private final Path journal;
    private final int attempt;
    private final ForkOrder order;
    private final ForkGate gate;
    private final Thread thread = new Thread(this::measure, "campaign fork");
    private volatile @Nullable WireMessage result;
    private volatile boolean abandoned;

    private AgentFork(HostWork work, MessageStream stream, Path journal, int attempt, ForkOrder order)
            throws IOException {
        this.work = work;
        this.stream = stream;
        this.journal = journal;
        this.attempt = attempt;
        this.order = order;
        this.gate = ForkGate.open(order.gate(), this::ready);
    }

    /**
     * Starts one; what it has to say goes to the stream, except while it measures.
     *
     * @param attempt its number, which stands in all messages about it
     */
    static AgentFork start(HostWork work, MessageStream stream, Path journal, int attempt, ForkOrder order)
            throws IOException {
        AgentFork fork = new AgentFork(work, stream, journal, attempt, order);
        fork.thread.start();
        return fork;
    }

    int attempt() {
        return attempt;
    }

    /** Lets it measure from an instant on. */
    void go(long atNs) {
        try {
            gate.go(atNs);
        } catch (IOException noForkAtTheGate) {
            // It has failed, which the end of the attempt tells.
            abandon();
        }
    }

    private void ready(long boundNs) {
        say(WireMessage.of("ready").with("attempt", attempt).with("boundNs", boundNs));
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
            say(WireMessage.of("ended").with("attempt", attempt));
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
                journal,
                message.body() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }

    /** What it measured; a fork that still measures is stopped. */
    WireMessage finish() throws IOException {
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
