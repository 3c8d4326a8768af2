package dev.tare.history.check;

import dev.tare.history.change.Change;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.report.unit.Direction;
import java.util.List;
import java.util.Optional;

/**
 * A change of a series.
 *
 * @param series which
 * @param change what
 * @param circumstances what changed in the environment from the last night before to the first night after, in words
 * @param coincides what else changed at that time, in words; empty when nothing did
 * @param accepted why people hold it for all right; empty when nobody has said so
 */
public record ChangeFinding(
        WatchedSeries series, Change change, List<String> circumstances, String coincides, Optional<String> accepted) {
    /** Keeps a copy. */
    public ChangeFinding {
        circumstances = List.copyOf(circumstances);
    }

    /** The first night after it. */
    public Night first() {
        return series.nights().get(change.index());
    }

    /** The last night before it. */
    public Night last() {
        return series.nights().get(change.index() - 1);
    }

    /** Whether it is for the worse; what improves in no direction never is. */
    public boolean isRegression() {
        return switch (series.better()) {
            case MORE_IS_BETTER -> change.ratio() < 1;
            case LESS_IS_BETTER -> change.ratio() > 1;
            case NEITHER -> false;
        };
    }

    /** Worse, better, or, of what improves in no direction, changed. */
    public String verdict() {
        return series.better() == Direction.NEITHER ? "changed" : isRegression() ? "worse" : "better";
    }

    ChangeFinding coinciding(String words) {
        return new ChangeFinding(series, change, circumstances, words, accepted);
    }
}
