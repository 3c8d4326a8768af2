package dev.tare.harness;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Writes a JSON object on one line, in ASCII whatever the encoding of standard output is. What is unknown is left out. */
final class JsonObject {
    private final StringBuilder text = new StringBuilder("{");

    JsonObject string(String name, String value) {
        return raw(name, quoted(value));
    }

    JsonObject whole(String name, long value) {
        return raw(name, Long.toString(value));
    }

    JsonObject whole(String name, OptionalLong value) {
        value.ifPresent(known -> whole(name, known));
        return this;
    }

    /** JSON has neither infinities nor NaN: they are left out. */
    JsonObject number(String name, double value) {
        return Double.isFinite(value) ? raw(name, Double.toString(value)) : this;
    }

    /** With three decimals. */
    JsonObject rounded(String name, double value) {
        return Double.isFinite(value) ? raw(name, String.format(Locale.ROOT, "%.3f", value)) : this;
    }

    JsonObject bool(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    JsonObject wholes(String name, List<Integer> values) {
        return raw(
                name,
                "[" + String.join(",", values.stream().map(String::valueOf).toList()) + "]");
    }

    JsonObject strings(String name, List<String> values) {
        return raw(
                name,
                "[" + String.join(",", values.stream().map(JsonObject::quoted).toList()) + "]");
    }

    @Override
    public String toString() {
        return text + "}";
    }

    private JsonObject raw(String name, String value) {
        text.append(text.length() > 1 ? "," : "")
                .append(quoted(name))
                .append(':')
                .append(value);
        return this;
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (letter < ' ' || letter > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }
}
