package dev.tare.mem.ramspeed;

import java.util.Arrays;
import java.util.Optional;

/** RAMspeed's INTmark and FLOATmark, in the order in which it numbers them: writing before reading. */
enum Mark {
    INT_WRITE("intWrite", "INTEGER & WRITING"),
    INT_READ("intRead", "INTEGER & READING"),
    FLOAT_WRITE("floatWrite", "FL-POINT & WRITING"),
    FLOAT_READ("floatRead", "FL-POINT & READING");

    private final String method;
    private final String title;

    Mark(String method, String title) {
        this.method = method;
        this.title = title;
    }

    /** The mark that a method of {@code BlockBench} measures. */
    static Optional<Mark> of(String method) {
        return Arrays.stream(values())
                .filter(mark -> mark.method.equals(method))
                .findFirst();
    }

    /** What RAMspeed calls it. */
    String title() {
        return title;
    }
}
