package dev.tare.harness;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service in a JVM of its own beside the benchmark, with this JVM's Java and class path, so that the two share neither
 * heap nor compiler; on the processors that {@link AffinityProfiler} leaves to it, if somebody asks for that.
 *
 * <p>The service's first line on standard output says that it is ready, or why it is not; what it prints later goes to
 * this JVM's error output, and its end into the message of a failure. It calls {@link
 * #awaitEndOfParent()} and ends when that returns. The kernel closes its standard input however the parent ends, so that
 * no service outlives its benchmark.
 */
public final class ChildJvm implements Closeable {
    private static final int LAST_WORDS = 20;
    /** The kernel closes the connections of a process that dies a little before it is gone. */
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(3);

    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final List<Thread> readers;
    private String greeting = "";

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.readers = List.of(reader("output", this::readOutput), reader("errors", this::readErrors));
    }

    private Thread reader(String stream, Runnable task) {
        Thread thread = new Thread(task, name + " " + stream);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Starts a service and waits until it is ready.
     *
     * @param name of the service, for messages
     * @param jvmOptions options of its JVM
     * @param main its class with a main method
     * @param arguments of that method
     * @param ready how its first line begins when it is ready
     * @param limit how long it may take until then
     * @throws IOException when it does not get ready, with what it said
     */
    public static ChildJvm start(
            String name, List<String> jvmOptions, Class<?> main, List<String> arguments, String ready, Duration limit)
            throws IOException {
        List<String> command =
                new ArrayList<>(Taskset.before(System.getProperty(AffinityProfiler.BESIDE_PROPERTY, "")));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ChildJvm child = new ChildJvm(name, new ProcessBuilder(command).start());
        try {
            child.greeting = child.awaitGreeting(ready, limit);
            return child;
        } catch (IOException e) {
            child.process.destroyForcibly();
            throw e;
        }
    }

    /** What its first line said behind the words of readiness. */
    public String greeting() {
        return greeting;
    }

    /** The process, for its CPU time. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** The failure of somebody who uses the service, with how the service has ended and what it said last, if it has. */
    public IOException withLastWords(IOException failure) {
        return awaitEnd(DEATH_LIMIT)
                .map(end -> new IOException(Reasons.of(failure) + "; " + end, failure))
                .orElse(failure);
    }

    private String lastWords() {
        synchronized (lastWords) {
            return String.join(System.lineSeparator(), lastWords);
        }
    }

    /** How the service ended and what it said last; empty when it still runs after a time. */
    Optional<String> awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            Joins.uninterruptibly(readers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        String said = lastWords();
        return Optional.of("the " + name + "'s process ended with exit code " + process.exitValue()
                + (said.isEmpty() ? ", without a word" : "; its last words: " + said));
    }

    /** Ends the service: closes its standard input, waits, and kills it when it does not end. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Joins.uninterruptibly(readers);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** For the service: returns when the JVM that started it has closed this JVM's standard input or has ended. */
    public static void awaitEndOfParent() throws IOException {
        try (InputStream parent = System.in) {
            parent.transferTo(OutputStream.nullOutputStream());
        }
    }

    private String awaitGreeting(String ready, Duration limit) throws IOException {
        try {
            String line = firstLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line.startsWith(ready)) {
                return line.substring(ready.length());
            }
            throw notReady(line.isEmpty() ? "the end of its output" : "\"" + line + "\"");
        } catch (ExecutionException | TimeoutException e) {
            IOException failure = notReady("nothing within " + limit.toSeconds() + " s");
            failure.initCause(e);
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + ": interrupted while it started", e);
        }
    }

    private IOException notReady(String got) {
        return withLastWords(new IOException(name + ": expected it to get ready, got " + got));
    }

    /** The stream is read to its end: a service that prints into a full pipe would stand still. */
    private void readOutput() {
        process.inputReader().lines().forEach(line -> {
            // A JVM that dies of itself says why on its standard output.
            if (!firstLine.complete(line)) {
                hear(line);
            }
        });
        firstLine.complete("");
    }

    private void readErrors() {
        process.errorReader().lines().forEach(this::hear);
    }

    private void hear(String line) {
        synchronized (lastWords) {
            if (lastWords.size() == LAST_WORDS) {
                lastWords.removeFirst();
            }
            lastWords.addLast(line);
        }
        System.err.println(name + ": " + line);
    }
}
