package dev.tare.runs;

import com.fasterxml.jackson.databind.JsonNode;
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
record JsonCursor(String where, JsonNode node) {

    Optional<JsonCursor> find(String key) {
        JsonNode child = node.get(key);
        return child == null || child.isNull()
                ? Optional.empty()
                : Optional.of(new JsonCursor(where + "." + key, child));
    }

    JsonCursor get(String key) throws UnreadableRunException {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        Optional<JsonCursor> child = find(key);
        if (child.isEmpty()) {
            throw new UnreadableRunException(where + ": expected the key '" + key + "', it is missing");
        }
        return child.get();
    }

    List<JsonCursor> elements() throws UnreadableRunException {
        if (!node.isArray()) {
            throw unexpected("an array");
        }
        List<JsonCursor> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonCursor(where + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    Map<String, JsonCursor> fields() throws UnreadableRunException {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        Map<String, JsonCursor> fields = new LinkedHashMap<>();
        node.properties()
                .forEach(field ->
                        fields.put(field.getKey(), new JsonCursor(where + "." + field.getKey(), field.getValue())));
        return fields;
    }

    String text() throws UnreadableRunException {
        if (!node.isTextual()) {
            throw unexpected("a string");
        }
        return node.textValue();
    }

    /** The value of a string, number or truth value, as written. */
    String scalar() throws UnreadableRunException {
        if (!node.isValueNode()) {
            throw unexpected("a string or a number");
        }
        return node.asText();
    }

    int count() throws UnreadableRunException {
        if (!node.isInt() || node.intValue() < 0) {
            throw unexpected("a whole number from 0 to 2147483647");
        }
        return node.intValue();
    }

    /** A number; JMH writes those that JSON lacks as strings. */
    double number() throws UnreadableRunException {
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

    UnreadableRunException unexpected(String expected) {
        String got = node.toString();
        int most = 60;
        return new UnreadableRunException(where + ": expected " + expected + ", got "
                + (got.length() > most ? got.substring(0, most) + "..." : got));
    }
}
