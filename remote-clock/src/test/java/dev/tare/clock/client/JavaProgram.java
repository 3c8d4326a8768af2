package dev.tare.clock.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that runs a program of these tests in a JVM of its own. */
public final class JavaProgram {
    private JavaProgram() {}

    /** Runs on this JVM's class path. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
