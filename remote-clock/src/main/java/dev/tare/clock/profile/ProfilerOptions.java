package dev.tare.clock.profile;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.agent.ClockSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What follows {@code -prof remoteclock:}: {@code name=value}, separated by {@code ,} or {@code ;}.
 *
 * @param server the server, empty when none was named
 * @param noServer whether {@code server=none} accepts the local clock knowingly
 * @param direct whether every timestamp is a request
 * @param when where the clock is swapped
 * @param wanderPpm how far the local clock's rate may wander, in parts per million
 * @param maxErrorPercent largest error bound of an iteration's time, in percent of it
 * @param terse whether each benchmark gets the error bound and the clock alone as secondary results, the rest as a fact
 */
record ProfilerOptions(
        Optional<ClockAddress> server,
        boolean noServer,
        boolean direct,
        When when,
        double wanderPpm,
        double maxErrorPercent,
        boolean terse) {
    /** Where the clock is swapped. */
    enum When {
        VIRTUAL,
        ALWAYS,
        NEVER
    }

    private static final List<String> NAMES =
            List.of("server", "transport", "mode", "when", "wander", "max-error", "verbosity");
    private static final String USAGE =
            "server=HOST:PORT|none[,transport=udp|tcp][,mode=disciplined|direct][,when=virtual|always|never]"
                    + "[,wander=PPM][,max-error=PERCENT][,verbosity=normal|terse]";

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException with what was expected when one is unknown, repeated or malformed
     */
    static ProfilerOptions parse(String text) {
        Map<String, String> values = values(text);
        String server = values.getOrDefault("server", "");
        boolean none = server.equals("none");
        ClockTransport transport =
                ClockTransport.valueOf(word(values, "transport", "udp", "tcp").toUpperCase(Locale.ROOT));
        return new ProfilerOptions(
                none || server.isEmpty() ? Optional.empty() : Optional.of(ClockAddress.parse(server, transport)),
                none,
                word(values, "mode", "disciplined", "direct").equals("direct"),
                When.valueOf(word(values, "when", "virtual", "always", "never").toUpperCase(Locale.ROOT)),
                number(values, "wander", 1, 0, 10_000),
                number(values, "max-error", 1, 0, 100),
                word(values, "verbosity", "normal", "terse").equals("terse"));
    }

    /** What a measuring JVM needs to open the clock at this server. */
    ClockSettings settings(ClockAddress address, boolean swap) {
        return new ClockSettings(address, direct, wanderPpm, swap);
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new TreeMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split("[,;]", -1)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals)).strip();
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("expected " + USAGE + ", got '" + part + "'");
            }
            if (values.put(name, part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(name + ": expected once, got it twice in '" + text + "'");
            }
        }
        return values;
    }

    /** One of a few words, of which the first is the default. */
    private static String word(Map<String, String> values, String name, String... words) {
        String value = values.getOrDefault(name, words[0]);
        if (!List.of(words).contains(value)) {
            throw new IllegalArgumentException(
                    name + ": expected " + String.join(" or ", words) + ", got '" + value + "'");
        }
        return value;
    }

    private static double number(
            Map<String, String> values, String name, double byDefault, double least, double greatest) {
        String value = values.get(name);
        if (value == null) {
            return byDefault;
        }
        String expected = String.format(
                Locale.ROOT, "%s: expected a number from %.0f to %.0f, got '%s'", name, least, greatest, value);
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
        throw new IllegalArgumentException(expected);
    }
}
