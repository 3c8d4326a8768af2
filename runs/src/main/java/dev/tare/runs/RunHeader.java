package dev.tare.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run was asked for and where it began: the first line of its journal, from which it can be resumed.
 *
 * @param version Tare's version
 * @param started when it began (ISO 8601, UTC)
 * @param profile name of the profile
 * @param steps the profile as it was written
 * @param only regular expression of the configurations to keep; empty for all
 * @param options JMH options from the command line, which win over the profile's
 * @param planned how many forks of each configuration, in the order in which each round measures them
 * @param labels words of the user's own about this machine
 * @param jvmFlags flags of the launcher's JVM, which JMH hands on to the forks
 * @param maxStealPercent steal, and throttling, beyond which an iteration counts as contaminated
 * @param maxForeignPercent foreign CPU beyond which it does
 * @param retries how often a fork with contaminated iterations is measured again
 * @param fingerprint what must be the same for all its forks
 */
public record RunHeader(
        String version,
        String started,
        String profile,
        String steps,
        String only,
        List<String> options,
        Map<Configuration, Integer> planned,
        Map<String, String> labels,
        List<String> jvmFlags,
        double maxStealPercent,
        double maxForeignPercent,
        int retries,
        Fingerprint fingerprint) {
    /** Keeps copies. */
    public RunHeader {
        options = List.copyOf(options);
        planned = Collections.unmodifiableMap(new LinkedHashMap<>(planned));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        jvmFlags = List.copyOf(jvmFlags);
    }
}
