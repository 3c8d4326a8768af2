package dev.tare.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of programs with this process's Java and class path. */
final class Jvm {
    private Jvm() {}

    static List<String> command(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        return command;
    }
}
