package dev.tare.campaign.manage;

import dev.tare.campaign.wire.MessageStream;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.Joins;
import dev.tare.harness.Reasons;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A channel to a host with an agent at its end. What the agent says goes into an inbox, also that it will say nothing more. */
final class HostConnection implements AutoCloseable {
    private static final int LAST_WORDS = 10;
    private static final int BANNER_LINES = 64;
    private static final long END_LIMIT_S = 4;

    private final String host;
    private final Process process;
    private final MessageStream stream;
    private final BlockingQueue<Heard> inbox;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final List<Thread> readers;
    private volatile boolean gone;

    /**
     * What came from a host.
     *
     * @param message what it said; empty when its channel has ended
     * @param reason why the channel has ended; empty otherwise
     */
    record Heard(HostConnection from, Optional<WireMessage> message, String reason) {}

    private HostConnection(String host, Process process, BlockingQueue<Heard> inbox, LongSupplier clock) {
        this.host = host;
        this.process = process;
        this.inbox = inbox;
        this.stream = new MessageStream(
                host, process.getInputStream(), process.getOutputStream(), MessageStream.AGENT_LIMIT_BYTES, clock);
        this.readers = List.of(thread("agent of " + host, this::listen), thread("errors of " + host, this::hear));
    }

    static HostConnection open(String host, List<String> command, BlockingQueue<Heard> inbox, LongSupplier clock)
            throws UnavailableHostsException {
        try {
            return new HostConnection(host, new ProcessBuilder(command).start(), inbox, clock);
        } catch (IOException e) {
            throw new UnavailableHostsException(
                    host + ": cannot start " + String.join(" ", command) + ": " + Reasons.of(e)
                            + "; see its channel in the list of hosts",
                    e);
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void listen() {
        String reason = "its channel has ended";
        List<String> banner = new ArrayList<>();
        try {
            Optional<WireMessage> next = stream.receiveFirst(banner, BANNER_LINES);
            while (next.isPresent()) {
                inbox.add(new Heard(this, next, ""));
                next = stream.receive();
            }
        } catch (IOException e) {
            reason = Reasons.of(e);
        }
        banner.forEach(this::keep);
        gone = true;
        // Not Process.destroy, which closes its error output before it is read.
        process.toHandle().destroy();
        inbox.add(new Heard(this, Optional.empty(), reason));
    }

    private void hear() {
        try (BufferedReader errors = process.errorReader()) {
            errors.lines().forEach(this::keep);
        } catch (IOException | UncheckedIOException e) {
            keep("(its error output was lost: " + e + ")");
        }
    }

    private void keep(String line) {
        synchronized (lastWords) {
            if (lastWords.size() == LAST_WORDS) {
                lastWords.removeFirst();
            }
            lastWords.addLast(line);
        }
    }

    String host() {
        return host;
    }

    boolean isGone() {
        return gone;
    }

    /** What it printed last beside messages, for a complaint; waits a little for the end of a channel that has ended. */
    String lastWords() {
        try {
            if (gone) {
                readers.get(1).join(TimeUnit.SECONDS.toMillis(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lastWords) {
            return lastWords.isEmpty() ? "" : "; its last words: " + String.join(" | ", lastWords);
        }
    }

    void send(WireMessage message) throws IOException {
        stream.send(message);
    }

    MessageStream stream() {
        return stream;
    }

    /** Ends the channel, and the agent with it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            gone = true;
        }
        try {
            if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        Joins.uninterruptibly(readers.subList(0, 1));
    }

    /** With what a shell at the channel's beginning may have started, which would hold the channel open. */
    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
