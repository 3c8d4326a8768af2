package dev.tare.campaign.manage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command of the user's on the management host, around scenarios or campaigns: to start, pause and pin guests. */
final class Hook {
    private static final long LIMIT_S = 600;
    private static final int SHOWN = 500;

    private Hook() {}

    /**
     * Runs it with {@code sh -c}.
     *
     * @param variables added to its environment
     * @return what went wrong, in a sentence; empty when its exit code is 0
     */
    static Optional<String> run(String command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("the hook \"" + command + "\" did not end within " + LIMIT_S + " s");
            }
            String shown = output.substring(0, Math.min(SHOWN, output.length()));
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("the hook \"" + command + "\" ended with exit code " + process.exitValue()
                            + (shown.isEmpty() ? "" : ": " + shown));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return Optional.of("interrupted in the hook \"" + command + "\"");
        }
    }
}
