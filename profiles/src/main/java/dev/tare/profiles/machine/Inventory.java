package dev.tare.profiles.machine;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.inventory.MachineFacts;
import dev.tare.runs.Environment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.util.Utils;

/** Collects what this machine, this JVM and this Tare are; use it before or after measuring only. */
public final class Inventory {
    private static final int CLOCK_READS = 200_000;

    private Inventory() {}

    /**
     * Reads everything anew.
     *
     * @param labels words of the user's own, such as the site
     */
    public static Environment collect(Map<String, String> labels) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("tare", tare());
        sections.putAll(MachineFacts.ofThisMachine());
        Map<String, String> clock = new LinkedHashMap<>(sections.getOrDefault("clock", Map.of()));
        clock.putAll(clock());
        sections.put("clock", clock);
        sections.put("jdk", jdk());
        sections.put("labels", labels);
        return new Environment(sections);
    }

    /**
     * What the captured files of another machine tell of it.
     *
     * @param machine its files
     * @param labels words of the user's own
     */
    public static Environment captured(MachineFiles machine, Map<String, String> labels) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("tare", tare());
        sections.putAll(MachineFacts.of(machine));
        sections.put("labels", labels);
        return new Environment(sections);
    }

    private static Map<String, String> tare() {
        Build build = Build.read();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", build.version());
        facts.put("commit", build.commit());
        facts.put("jmh", jmhVersion());
        return facts;
    }

    private static String jmhVersion() {
        String version = org.openjdk.jmh.util.Version.getPlainVersion();
        return version == null ? Environment.UNKNOWN : version;
    }

    private static Map<String, String> jdk() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", System.getProperty("java.version", Environment.UNKNOWN));
        facts.put("vendor", System.getProperty("java.vendor", Environment.UNKNOWN));
        facts.put("vm", System.getProperty("java.vm.name", Environment.UNKNOWN));
        facts.put("vmVersion", System.getProperty("java.vm.version", Environment.UNKNOWN));
        facts.put("home", System.getProperty("java.home", Environment.UNKNOWN));
        facts.put("launcher", Utils.getCurrentJvm());
        facts.put("flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        return facts;
    }

    /** What reading the local clock costs and how fine its steps are; in a guest both can be a surprise. Takes milliseconds. */
    private static Map<String, String> clock() {
        long[] readings = new long[CLOCK_READS];
        fill(readings);
        fill(readings);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "readCostNs",
                String.format(Locale.ROOT, "%.1f", (readings[CLOCK_READS - 1] - readings[0]) / (CLOCK_READS - 1.0)));
        facts.put("granularityNs", granularityNs(readings));
        return facts;
    }

    private static void fill(long[] readings) {
        for (int i = 0; i < readings.length; i++) {
            readings[i] = System.nanoTime();
        }
    }

    /** The smallest step between two readings that differ. */
    private static String granularityNs(long[] readings) {
        long[] steps = new long[readings.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = readings[i + 1] - readings[i];
        }
        return Arrays.stream(steps).filter(step -> step > 0).min().stream()
                .mapToObj(Long::toString)
                .findFirst()
                .orElse(Environment.UNKNOWN);
    }
}
