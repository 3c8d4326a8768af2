package dev.tare.parts;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A short program that is run to its end. */
final class CompletedProgram {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private CompletedProgram() {}

    /**
     * What the program printed, its standard error included.
     *
     * @throws IOException when its exit code is not 0
     */
    static String output(String... command) throws IOException, InterruptedException {
        try (RunningProgram program = RunningProgram.start(List.of(command))) {
            int exitCode = program.awaitExit(LIMIT);
            if (exitCode != 0) {
                throw new IOException(String.join(" ", command) + ": expected exit code 0, got " + exitCode + "\n"
                        + program.output());
            }
            return program.output();
        }
    }
}
