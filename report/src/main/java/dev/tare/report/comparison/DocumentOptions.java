package dev.tare.report.comparison;

import dev.tare.runs.Run;
import java.util.List;
import java.util.Optional;

/**
 * What a reader wants of a comparison beyond its rows.
 *
 * @param again the baseline's machine measured once more: what both differ by is noise
 * @param groupBy labels and facts of the machines by which bars stand together, the last one tells those of a group apart;
 *     empty for each run a bar
 */
public record DocumentOptions(Optional<Run> again, List<String> groupBy) {
    /** Nothing beyond. */
    public static final DocumentOptions NONE = new DocumentOptions(Optional.empty(), List.of());

    /** Keeps a copy. */
    public DocumentOptions {
        groupBy = List.copyOf(groupBy);
    }

    /** Those to group by that none of the runs has. */
    public List<String> unknown(List<Run> runs) {
        return groupBy.stream()
                .filter(key ->
                        runs.stream().allMatch(run -> BarGroups.value(run, key).isEmpty()))
                .toList();
    }
}
