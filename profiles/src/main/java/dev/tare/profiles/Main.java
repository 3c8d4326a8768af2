package dev.tare.profiles;

import dev.tare.profiles.command.Launcher;
import java.util.List;

/** Entry point of {@code benchmarks.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new Launcher(System.out, System.err).run(List.of(arguments)));
    }
}
