package dev.tare.profiles.command;

import dev.tare.profiles.exit.ExitCode;
import dev.tare.profiles.machine.Environment;
import dev.tare.profiles.machine.Inventory;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "inspect", description = "Prints what this machine is: processor, memory, hypervisor, clock, JVM.")
final class InspectCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON, the same as a run's environment.json.")
    private boolean json;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A word of your own; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    private final PrintStream console;

    InspectCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Environment environment = new Inventory().collect(labels);
        if (json) {
            console.print(environment.json());
        } else {
            environment.lines().forEach(console::println);
        }
        return ExitCode.OK.code();
    }
}
