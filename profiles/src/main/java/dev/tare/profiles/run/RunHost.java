package dev.tare.profiles.run;

import dev.tare.profiles.machine.Inventory;
import dev.tare.runs.Environment;
import dev.tare.runs.Fingerprint;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/**
 * Where a run is made.
 *
 * @param fingerprint what must be the same for all its forks
 * @param jvmFlags flags of this JVM, which JMH hands on to the forks
 * @param environmentJson what the machine is, for people and reports
 * @param facts what holds for every fork here unless it says otherwise
 */
public record RunHost(
        Fingerprint fingerprint, List<String> jvmFlags, String environmentJson, Map<String, String> facts) {
    /** Copies the flags and facts. */
    public RunHost {
        jvmFlags = List.copyOf(jvmFlags);
        facts = Map.copyOf(facts);
    }

    /** This machine, whose inventory is taken, with words of the user's own. */
    public static RunHost here(Map<String, String> labels) {
        Environment environment = Inventory.collect(labels);
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
