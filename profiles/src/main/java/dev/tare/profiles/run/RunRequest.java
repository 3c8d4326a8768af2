package dev.tare.profiles.run;

import java.util.List;

/**
 * What somebody asked a run to measure; the journal keeps it, so that the run can be resumed from its folder alone.
 *
 * @param version Tare's version
 * @param profile name of the profile
 * @param profileText the profile as it was written
 * @param options JMH options from the command line, which win over the profile's
 * @param only regular expression of the configurations to keep
 */
public record RunRequest(String version, String profile, String profileText, List<String> options, String only) {
    /** Copies the options. */
    public RunRequest {
        options = List.copyOf(options);
    }
}
