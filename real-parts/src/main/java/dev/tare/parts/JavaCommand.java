package dev.tare.parts;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a JVM like this one: its Java, its class path, and the agent that watches the coverage of this one, so
 * that what a test runs in a JVM of its own counts like what it runs here.
 */
public final class JavaCommand {
    private JavaCommand() {}

    /**
     * Runs a class.
     *
     * @param options of the JVM, beside those
     * @param mainClass its name
     * @param arguments of its main method
     */
    public static List<String> of(List<String> options, String mainClass, String... arguments) {
        return ofJdk(0, options, mainClass, arguments);
    }

    /**
     * Runs a class on a JDK that is at least so new: this one, or the newest that is installed.
     *
     * @throws IllegalStateException when there is none; a test that calls this carries {@link RequiresJdk}
     */
    public static List<String> ofJdk(int least, List<String> options, String mainClass, String... arguments) {
        Path home = JdkCondition.home(least)
                .orElseThrow(() -> new IllegalStateException("not installed: JDK " + least + " or newer"));
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(coverage());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> coverage() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
                .toList();
    }
}
