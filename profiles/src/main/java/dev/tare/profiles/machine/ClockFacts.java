package dev.tare.profiles.machine;

import dev.tare.runs.Environment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What reading the local clock costs and how fine its steps are; in a guest both can be a surprise. */
final class ClockFacts {
    private static final int READS = 200_000;

    private ClockFacts() {}

    /** Reads the clock some hundred thousand times; takes milliseconds. */
    static Map<String, String> measure() {
        long[] readings = new long[READS];
        fill(readings);
        fill(readings);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "readCostNs", String.format(Locale.ROOT, "%.1f", (readings[READS - 1] - readings[0]) / (READS - 1.0)));
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
