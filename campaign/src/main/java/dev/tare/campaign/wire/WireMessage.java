package dev.tare.campaign.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;

/**
 * What one side says to the other: a JSON object in one line.
 *
 * @param body all of it, its type among it
 */
public record WireMessage(ObjectNode body) {
    /** The version of this protocol; both sides must have the same. */
    public static final int PROTOCOL = 1;

    private static final String TYPE = "type";

    /** A message of a type, to be filled. */
    public static WireMessage of(String type) {
        return new WireMessage(JsonNodeFactory.instance.objectNode().put(TYPE, type));
    }

    /** What it is about. */
    public String type() {
        return body.path(TYPE).asText();
    }

    /** Whether it is of this type. */
    public boolean is(String type) {
        return type().equals(type);
    }

    /** The same with a text. */
    public WireMessage with(String key, String value) {
        body.put(key, value);
        return this;
    }

    /** The same with a number. */
    public WireMessage with(String key, long value) {
        body.put(key, value);
        return this;
    }

    /** Its fields, with complaints that name the message and who sent it. */
    public JsonCursor fields(String sender) {
        return new JsonCursor("message " + type() + " of " + sender, body);
    }
}
