package dev.tare.profiles.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Short names of our profilers, as far as they are not on in every run ({@link DefaultProfilers}).
 *
 * <p>JMH keeps the map of its own short names to itself and knows others by class name only, so the launcher replaces
 * the name before JMH parses the command line.
 */
final class ProfilerNames {
    private static final Map<String, String> CLASSES =
            Map.of("remoteclock", "dev.tare.clock.profile.RemoteClockProfiler");

    private ProfilerNames() {}

    /** The same arguments with every {@code -prof name[:options]} of ours spelled by its class. */
    static List<String> replaceIn(List<String> arguments) {
        List<String> replaced = new ArrayList<>(arguments.size());
        boolean value = false;
        for (String argument : arguments) {
            replaced.add(value ? replace(argument) : argument);
            value = argument.equals("-prof") || argument.equals("--prof");
        }
        return replaced;
    }

    private static String replace(String profiler) {
        int colon = profiler.indexOf(':');
        String name = colon < 0 ? profiler : profiler.substring(0, colon);
        return CLASSES.getOrDefault(name, name) + profiler.substring(name.length());
    }
}
