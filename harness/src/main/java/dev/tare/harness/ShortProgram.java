package dev.tare.harness;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
public final class ShortProgram {
    private static final long LIMIT_S = 120;

    private ShortProgram() {}

    /**
     * What it printed, without white space around.
     *
     * @throws IOException when there is no such program, or its exit code is not 0, with what it printed
     */
    public static String output(List<String> command) throws IOException {
        // Programs of another user complain of a working folder that is closed to him.
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Thread limit = new Thread(() -> endInTime(process), "limit of " + command.get(0));
        limit.setDaemon(true);
        limit.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException(String.join(" ", command) + ": expected exit code 0, got " + exitCode
                        + (output.isEmpty() ? "" : ": " + output));
            }
            return output;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        }
    }

    private static void endInTime(Process process) {
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
