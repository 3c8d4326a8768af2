package dev.tare.report.unit;

import java.util.List;

/** Parameters of benchmarks that are sizes in bytes, shown everywhere as people write them. */
public final class SizeParameter {
    private static final long KIB = 1024;
    private static final List<String> BINARY_UNITS = List.of("GiB", "MiB", "KiB");

    private SizeParameter() {}

    /**
     * A value for people: sizes in the unit that divides them, so that {@code blockBytes=1048576} is 1MiB.
     *
     * @param name of the parameter, which is a size if it ends with {@code Bytes}
     */
    public static String readable(String name, String value) {
        if (!name.endsWith("Bytes") || !value.matches("[1-9][0-9]{3,17}")) {
            return value;
        }
        long bytes = Long.parseLong(value);
        long size = KIB * KIB * KIB;
        for (String unit : BINARY_UNITS) {
            if (bytes % size == 0) {
                return bytes / size + unit;
            }
            size /= KIB;
        }
        return value;
    }
}
