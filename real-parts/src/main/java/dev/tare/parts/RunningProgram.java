package dev.tare.parts;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs beside a test: its output is drained and kept, a test can wait for a line of it, and closing it
 * stops it together with what it started.
 */
public final class RunningProgram implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private RunningProgram(Process process, String name) {
        this.process = process;
        this.reader = new Thread(this::drain, "output of " + name);
    }

    /** Starts a command in the current folder; its standard error is merged into its output. */
    public static RunningProgram start(List<String> command) throws IOException {
        return start(command, Map.of(), null);
    }

    /**
     * Starts a command; its standard error is merged into its output, its standard input is empty.
     *
     * @param environment variables that are added to this process's own
     * @param folder working folder, or null for the current one
     */
    public static RunningProgram start(List<String> command, Map<String, String> environment, @Nullable File folder)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        RunningProgram program = new RunningProgram(builder.start(), command.get(0));
        program.reader.setDaemon(true);
        program.reader.start();
        return program;
    }

    /**
     * Waits for a line in which the pattern is found, from the first line on.
     *
     * @return the match, for its groups
     * @throws IllegalStateException when the program ends, or a minute passes, without such a line
     */
    public synchronized Matcher awaitLine(Pattern pattern) throws InterruptedException {
        long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
        for (int next = 0; ; ) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next));
                if (matcher.find()) {
                    return matcher;
                }
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (ended || leftMs <= 0) {
                throw new IllegalStateException(
                        "expected a line like " + pattern + ", got\n" + String.join("\n", lines));
            }
            wait(leftMs);
        }
    }

    /**
     * Waits for the end of the program.
     *
     * @return its exit code
     * @throws IllegalStateException when it does not end within {@code limit}
     */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + limit + ", got\n" + output());
        }
        reader.join(GRACE.toMillis());
        return process.exitValue();
    }

    /** Everything printed so far. */
    public synchronized String output() {
        return String.join("\n", lines);
    }

    /** Asks the program to stop, as {@code kill} does, and goes on reading its last words. */
    public void terminate() {
        // Not Process.destroy, which closes the streams of the process before it ends.
        process.toHandle().destroy();
    }

    /** The operating system's process, for its number and for signals. */
    public Process process() {
        return process;
    }

    /** Asks the program and its children to stop, and kills what has not stopped after five seconds. */
    @Override
    public void close() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroy);
        try {
            if (!allEnded(family)) {
                family.forEach(ProcessHandle::destroyForcibly);
                allEnded(family);
            }
            reader.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            family.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static boolean allEnded(List<ProcessHandle> family) throws InterruptedException {
        CompletableFuture<?>[] ends = family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void drain() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(output lost: " + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
