package dev.tare.clock.agent;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import dev.tare.clock.client.DisciplinedClock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a measuring JVM must know to open its clock.
 *
 * @param address the server
 * @param direct whether every reading asks the server
 * @param wanderPpm how far the local clock's rate may wander, in parts per million
 * @param swap whether the score is measured with the clock; else the clock only watches the local one
 */
public record ClockSettings(ClockAddress address, boolean direct, double wanderPpm, boolean swap) {
    /** Opens the clock of these settings. */
    public RemoteClock open() {
        Discipline discipline = Discipline.standard().withWanderPpm(wanderPpm);
        return direct ? DirectClock.open(address, discipline) : DisciplinedClock.open(address, discipline);
    }

    /** One clause for results, such as {@code remote 192.0.2.1:123/udp, disciplined}. */
    public String label() {
        return "remote " + address + (direct ? ", direct" : ", disciplined");
    }

    /** The settings as arguments of the agent. */
    public String arguments() {
        return String.format(
                Locale.ROOT,
                "server=%s,transport=%s,direct=%b,wander=%s,swap=%b",
                address.hostPort(),
                address.transport(),
                direct,
                wanderPpm,
                swap);
    }

    /**
     * Reads what {@link #arguments()} wrote.
     *
     * @throws IllegalArgumentException when something is missing or malformed
     */
    public static ClockSettings parse(String arguments) {
        Map<String, String> values = new TreeMap<>();
        for (String part : arguments.split(",", -1)) {
            int equals = part.indexOf('=');
            values.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        ClockTransport transport =
                ClockTransport.valueOf(required(values, "transport").toUpperCase(Locale.ROOT));
        return new ClockSettings(
                ClockAddress.parse(required(values, "server"), transport),
                Boolean.parseBoolean(required(values, "direct")),
                Double.parseDouble(required(values, "wander")),
                Boolean.parseBoolean(required(values, "swap")));
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("clock agent: expected " + name + "=..., got " + values
                    + "; the profiler writes these arguments, leave them to it");
        }
        return value;
    }
}
