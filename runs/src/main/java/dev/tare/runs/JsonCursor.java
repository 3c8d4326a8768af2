package dev.tare.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value that knows where it stands, so that every complaint names file and place.
 *
 * @param where the file, then the path to the value, such as {@code results.json [2].primaryMetric}
 */
public record JsonCursor(String where, JsonNode node) {
    /** Reads a file that holds one JSON value. */
    public static JsonCursor read(Path file) throws UnreadableRunException {
        try {
            return new JsonCursor(file.toString(), JmhJson.JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw JmhJson.broken(file.toString(), e);
        }
    }

    /** The value of a key; empty when it is absent or null. */
    public Optional<JsonCursor> find(String key) {
        JsonNode child = node.get(key);
        return child == null || child.isNull()
                ? Optional.empty()
                : Optional.of(new JsonCursor(where + "." + key, child));
    }

    /** The value of a key that must be there. */
    public JsonCursor get(String key) throws UnreadableRunException {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        Optional<JsonCursor> child = find(key);
        if (child.isEmpty()) {
            throw new UnreadableRunException(where + ": expected the key '" + key + "', it is missing");
        }
        return child.get();
    }

    /** The elements of an array. */
    public List<JsonCursor> elements() throws UnreadableRunException {
        if (!node.isArray()) {
            throw unexpected("an array");
        }
        List<JsonCursor> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonCursor(where + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    /** The fields of an object, in its order. */
    public Map<String, JsonCursor> fields() throws UnreadableRunException {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        Map<String, JsonCursor> fields = new LinkedHashMap<>();
        node.properties()
                .forEach(field ->
                        fields.put(field.getKey(), new JsonCursor(where + "." + field.getKey(), field.getValue())));
        return fields;
    }

    /** A string. */
    public String text() throws UnreadableRunException {
        if (!node.isTextual()) {
            throw unexpected("a string");
        }
        return node.textValue();
    }

    /** The value of a string, number or truth value, as written. */
    public String scalar() throws UnreadableRunException {
        if (!node.isValueNode()) {
            throw unexpected("a string or a number");
        }
        return node.asText();
    }

    /** A whole number from 0. */
    public int count() throws UnreadableRunException {
        if (!node.isInt() || node.intValue() < 0) {
            throw unexpected("a whole number from 0 to 2147483647");
        }
        return node.intValue();
    }

    /** A whole number such as an instant in nanoseconds, which a double cannot hold. */
    public long whole() throws UnreadableRunException {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw unexpected("a whole number");
        }
        return node.longValue();
    }

    /** A truth value. */
    public boolean truth() throws UnreadableRunException {
        if (!node.isBoolean()) {
            throw unexpected("true or false");
        }
        return node.booleanValue();
    }

    /** A number; JMH writes those that JSON lacks as strings. */
    public double number() throws UnreadableRunException {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "+INF" -> Double.POSITIVE_INFINITY;
            case "-INF" -> Double.NEGATIVE_INFINITY;
            default -> throw unexpected("a number");
        };
    }

    /** Puts what is no object or array, and arrays as JSON, into a map; nested keys are joined by points. */
    void flatten(String key, Map<String, String> values) throws UnreadableRunException {
        if (node.isObject()) {
            for (Map.Entry<String, JsonCursor> field : fields().entrySet()) {
                field.getValue().flatten(key.isEmpty() ? field.getKey() : key + "." + field.getKey(), values);
            }
        } else {
            values.put(key, node.isArray() ? node.toString() : scalar());
        }
    }

    /** The complaint that something else was expected here. */
    public UnreadableRunException unexpected(String expected) {
        String got = node.toString();
        int most = 60;
        return new UnreadableRunException(where + ": expected " + expected + ", got "
                + (got.length() > most ? got.substring(0, most) + "..." : got));
    }
}
