package dev.tare.report.comparison;

import dev.tare.runs.Configuration;
import java.util.Map;

/** The part of a machine that a benchmark measures: by our convention the last part of its package. */
final class Component {
    private static final Map<String, String> READABLE =
            Map.of("cpu", "CPU", "mem", "Memory", "io", "Disk", "net", "Network", "os", "Kernel", "app", "Application");

    private Component() {}

    /** {@code mem} of {@code dev.tare.mem.StreamBench.triad}; empty for a class without a package. */
    static String of(Configuration configuration) {
        String[] parts = configuration.benchmark().split("\\.", -1);
        return parts.length < 3 ? "" : parts[parts.length - 3];
    }

    /** As people call it: {@code Memory}; what is not ours keeps its name. */
    static String readable(Configuration configuration) {
        String name = of(configuration);
        return name.isEmpty() ? "All" : READABLE.getOrDefault(name, name);
    }
}
