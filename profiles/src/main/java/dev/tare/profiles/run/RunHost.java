package dev.tare.profiles.run;

import dev.tare.runs.Fingerprint;
import java.util.Map;

/**
 * Where a run is made.
 *
 * @param fingerprint what must be the same for all its forks
 * @param environmentJson what the machine is, for people and reports
 * @param facts what holds for every fork here unless it says otherwise
 */
public record RunHost(Fingerprint fingerprint, String environmentJson, Map<String, String> facts) {
    /** Copies the facts. */
    public RunHost {
        facts = Map.copyOf(facts);
    }
}
