package dev.tare.profiles.run;

import dev.tare.runs.Fingerprint;
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
}
