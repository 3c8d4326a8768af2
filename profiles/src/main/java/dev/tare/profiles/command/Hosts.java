package dev.tare.profiles.command;

import dev.tare.profiles.machine.Inventory;
import dev.tare.profiles.run.RunHost;
import dev.tare.runs.Environment;
import dev.tare.runs.Fingerprint;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** This machine as the host of a run. */
final class Hosts {
    private Hosts() {}

    /** Takes the inventory of this machine. */
    static RunHost here(Map<String, String> labels) {
        Environment environment = new Inventory().collect(labels);
        return new RunHost(
                Fingerprint.here(String.join(
                        ", ",
                        fact(environment, "host.name"),
                        fact(environment, "os.name") + " " + fact(environment, "os.kernel"),
                        fact(environment, "cpu.model"),
                        fact(environment, "cpu.logicalProcessors") + " processors")),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                environment.json(),
                // The remote clock's profiler says so itself where it takes the place of the local clock.
                Map.of("clock", fact(environment, "clock.local")));
    }

    private static String fact(Environment environment, String key) {
        return environment.fact(key).orElse(Environment.UNKNOWN);
    }
}
