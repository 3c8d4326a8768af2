package dev.tare.machine.virtualization;

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
