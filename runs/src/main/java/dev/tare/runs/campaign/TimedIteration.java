package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;

/**
 * A measured iteration and when it was.
 *
 * @param begin when it began
 * @param end when it ended
 * @param score JMH's score of it
 * @param counted whether all others were provably under load from before its begin until after its end
 */
public record TimedIteration(BoundedInstant begin, BoundedInstant end, double score, boolean counted) {
    /** Reads what {@link #json} wrote. */
    static TimedIteration read(JsonCursor iteration) throws UnreadableRunException {
        return new TimedIteration(
                BoundedInstant.read(iteration, "begin"),
                BoundedInstant.read(iteration, "end"),
                iteration.get("score").number(),
                iteration.get("counted").truth());
    }

    ObjectNode json() {
        ObjectNode iteration = JsonNodeFactory.instance.objectNode();
        begin.put(iteration, "begin");
        end.put(iteration, "end");
        return iteration.put("score", score).put("counted", counted);
    }
}
