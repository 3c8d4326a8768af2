package dev.tare.history.check;

import dev.tare.history.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which native run a guest's run is compared with: one of the same night, whose labels are all among the guest's. The one
 * with the most labels is meant; where two hosts are as near, neither is.
 */
final class NativePairs {
    private static final Duration SAME_NIGHT = Duration.ofHours(12);

    private final Map<Long, StoredRun> nativeOf = new HashMap<>();

    NativePairs(List<StoredRun> runs) {
        NavigableMap<Instant, List<StoredRun>> natives = new TreeMap<>();
        for (StoredRun run : runs) {
            if (run.platform().equals("native")) {
                natives.computeIfAbsent(run.started(), any -> new ArrayList<>()).add(run);
            }
        }
        for (StoredRun run : runs) {
            if (run.platform().equals("guest")) {
                pair(run, natives).ifPresent(partner -> nativeOf.put(run.id(), partner));
            }
        }
    }

    private static Optional<StoredRun> pair(StoredRun guest, NavigableMap<Instant, List<StoredRun>> natives) {
        List<StoredRun> near = natives
                .subMap(guest.started().minus(SAME_NIGHT), true, guest.started().plus(SAME_NIGHT), true)
                .values()
                .stream()
                .flatMap(List::stream)
                .filter(run ->
                        guest.labels().entrySet().containsAll(run.labels().entrySet()))
                .toList();
        int most = near.stream().mapToInt(run -> run.labels().size()).max().orElse(0);
        List<StoredRun> meant =
                near.stream().filter(run -> run.labels().size() == most).toList();
        boolean ambiguous = meant.stream().map(StoredRun::host).distinct().count() > 1;
        return ambiguous
                ? Optional.empty()
                : meant.stream()
                        .min(Comparator.comparing(run ->
                                Duration.between(guest.started(), run.started()).abs()));
    }

    /** The native run of a guest's run; empty when there is none. */
    Optional<StoredRun> of(long guestRunId) {
        return Optional.ofNullable(nativeOf.get(guestRunId));
    }
}
