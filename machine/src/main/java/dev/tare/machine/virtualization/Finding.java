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
}
