package dev.tare.profiles.command;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.run.MachineLock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What a run does when another JMH measures on this machine. */
final class MachineOptions {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smh])");

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for another JMH on this machine to end, such as 90s, 10m or 2h.")
    private String wait = "0s";

    @Option(names = "--share-machine", description = "Measure although another JMH runs on this machine.")
    private boolean shareMachine;

    /** What takes the machine; throws a CommandException at once when the options are wrong. */
    Supplier<MachineLock> lock(PrintStream console) {
        Duration waiting = duration(wait);
        return shareMachine ? MachineLock::shared : () -> MachineLock.take(waiting, console);
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw CommandException.usage("--wait: expected a number with s, m or h such as 10m, got \"" + text + "\"");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
