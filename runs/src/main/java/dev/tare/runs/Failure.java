package dev.tare.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A fork that yielded no result.
 *
 * @param configuration what it was to measure
 * @param round the round in which it failed, from 1
 * @param message what went wrong
 */
public record Failure(Configuration configuration, int round, String message) {
    /** Reads what {@link #json} wrote. */
    static Failure read(JsonCursor line) throws UnreadableRunException {
        return new Failure(
                Configuration.read(line.get("configuration")),
                line.get("round").count(),
                line.get("message").text());
    }

    ObjectNode json() {
        ObjectNode line = JmhJson.JSON.createObjectNode().put("kind", "failure");
        line.set("configuration", configuration.json());
        return line.put("round", round).put("message", message);
    }
}
