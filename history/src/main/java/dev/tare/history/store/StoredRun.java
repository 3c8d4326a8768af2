package dev.tare.history.store;

import java.time.Instant;
import java.util.SortedMap;

/**
 * A run that the store has.
 *
 * @param id its row
 * @param key what is the same for one run wherever its files are
 * @param source where it was read from
 * @param host its name
 * @param labels words of the user's own
 * @param platform {@code native}, {@code guest}, or {@code unknown}
 * @param started when it began
 */
public record StoredRun(
        long id,
        String key,
        String source,
        String host,
        SortedMap<String, String> labels,
        String platform,
        Instant started) {}
