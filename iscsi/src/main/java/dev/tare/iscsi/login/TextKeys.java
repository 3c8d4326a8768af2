package dev.tare.iscsi.login;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of login and text PDUs: {@code key=value} pairs, each ended by a zero byte (RFC 7143, section 6.1). */
public final class TextKeys {
    private static final int LONGEST_KEY = 63;
    private static final int MOST_PAIRS = 1024;

    private final List<Map.Entry<String, String>> pairs = new ArrayList<>();

    /** Adds a pair; a key may come several times, as in an answer to SendTargets. */
    public TextKeys add(String key, String value) {
        pairs.add(Map.entry(key, value));
        return this;
    }

    /** Adds a number. */
    public TextKeys add(String key, int value) {
        return add(key, Integer.toString(value));
    }

    /** Adds Yes or No. */
    public TextKeys add(String key, boolean value) {
        return add(key, value ? "Yes" : "No");
    }

    /** All pairs in their order. */
    public List<Map.Entry<String, String>> pairs() {
        return pairs;
    }

    /** The pairs by their keys; the first of equal keys counts. */
    public Map<String, String> byKey() {
        Map<String, String> map = new LinkedHashMap<>();
        pairs.forEach(pair -> map.putIfAbsent(pair.getKey(), pair.getValue()));
        return map;
    }

    /** The value of a key, or null. */
    public @Nullable String get(String key) {
        return byKey().get(key);
    }

    /** The bytes of a data segment. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Map.Entry<String, String> pair : pairs) {
            bytes.writeBytes((pair.getKey() + "=" + pair.getValue()).getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a complete text, of one data segment or of several that were continued.
     *
     * @throws ProtocolViolation when a piece is no pair, a key is too long, or there are too many
     */
    public static TextKeys parse(byte[] bytes) throws ProtocolViolation {
        TextKeys keys = new TextKeys();
        for (String pair : new String(bytes, StandardCharsets.UTF_8).split("\0", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0 || equals > LONGEST_KEY) {
                throw ProtocolViolation.expected(
                        "key=value with a key of at most 63 letters", "\"" + printable(pair) + "\"");
            }
            if (keys.pairs.size() == MOST_PAIRS) {
                throw ProtocolViolation.expected("at most " + MOST_PAIRS + " text keys", "more");
            }
            keys.add(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return keys;
    }

    /** A foreign text cut to what a message can show. */
    static String printable(String text) {
        String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= 80 ? visible : visible.substring(0, 80) + "...";
    }

    /** Reads a number: decimal, or hexadecimal after 0x. */
    static int number(String key, String value, int least, int most) throws ProtocolViolation {
        try {
            long number = Long.decode(value.startsWith("0x") ? value : value.replaceFirst("^0+(?=\\d)", ""));
            if (number >= least && number <= most) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            throw ProtocolViolation.expected(key + " from " + least + " to " + most, printable(value));
        }
        throw ProtocolViolation.expected(key + " from " + least + " to " + most, printable(value));
    }

    /** Reads Yes or No. */
    static boolean yesOrNo(String key, String value) throws ProtocolViolation {
        if (!value.equals("Yes") && !value.equals("No")) {
            throw ProtocolViolation.expected(key + "=Yes or No", printable(value));
        }
        return value.equals("Yes");
    }
}
