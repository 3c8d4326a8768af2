package dev.tare.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that is run to its end, within a limit. It gets no input and answers in English. */
public final class ShortProgram {
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(2);

    private ShortProgram() {}

    /**
     * How a program ended.
     *
     * @param output what it wrote to standard output
     * @param errors what it wrote to standard error
     */
    public record Ended(int exitCode, String output, String errors) {}

    /**
     * What it wrote to standard output, without white space around.
     *
     * @throws IOException when there is no such program, its exit code is not 0, with what it wrote, or it takes two minutes
     */
    public static String output(List<String> command) throws IOException {
        Ended ended = run(command, USUAL_LIMIT);
        if (ended.exitCode != 0) {
            String said = (ended.errors + ended.output).strip();
            throw new IOException(String.join(" ", command) + ": expected exit code 0, got " + ended.exitCode
                    + (said.isEmpty() ? "" : ": " + said));
        }
        return ended.output.strip();
    }

    /**
     * Runs it, whatever its exit code.
     *
     * @throws IOException when there is no such program, or it has not ended within the limit; then it is killed
     */
    public static Ended run(List<String> command, Duration limit) throws IOException {
        // Programs of another user complain of a working folder that is closed to him.
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output = text(command, process.getInputStream());
            CompletableFuture<String> errors = text(command, process.getErrorStream());
            // Not by reading to the end here: what hangs in the kernel closes nothing when it is killed.
            CompletableFuture<Integer> exitCode = process.onExit().thenApply(Process::exitValue);
            CompletableFuture.allOf(exitCode, output, errors).get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new Ended(exitCode.join(), output.join(), errors.join());
        } catch (TimeoutException e) {
            throw new IOException(
                    String.join(" ", command) + ": expected its end within " + limit.toMillis() + " ms, got none");
        } catch (ExecutionException e) {
            throw new IOException(command.get(0) + ": cannot read what it writes", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> text(List<String> command, InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (stream) {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException | RuntimeException e) {
                        text.completeExceptionally(e);
                    }
                },
                "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        return text;
    }
}
