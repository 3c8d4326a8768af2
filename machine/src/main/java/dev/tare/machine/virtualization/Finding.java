package dev.tare.machine.virtualization;

import java.util.List;

/**
 * Something found out about a machine.
 *
 * @param value what was found
 * @param evidence what was seen, one clause each, such as {@code "sys/hypervisor/type is xen"}; for something unknown,
 *     what was looked for and not seen
 */
public record Finding<T>(T value, List<String> evidence) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    static <T> Finding<T> of(T value, String... evidence) {
        return new Finding<>(value, List.of(evidence));
    }

    /** Answer to a question about a machine; {@link #UNKNOWN} when the evidence is missing. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN;

        static Answer of(boolean yes) {
            return yes ? YES : NO;
        }

        /** The answer as it is printed: {@code yes}, {@code no} or {@code unknown}. */
        public String label() {
            return switch (this) {
                case YES -> "yes";
                case NO -> "no";
                case UNKNOWN -> "unknown";
            };
        }
    }
}
