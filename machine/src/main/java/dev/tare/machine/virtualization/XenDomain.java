package dev.tare.machine.virtualization;

/**
 * A domain of Xen.
 *
 * @param mode how its processor and memory are virtualized
 * @param privileged whether it is dom0, which owns the hardware
 * @param version version of Xen, such as {@code 4.17.7}; {@code unknown} when it cannot be read
 */
public record XenDomain(Mode mode, Answer privileged, String version) {
    /** Modes of a Xen domain; PVH and HVM use the processor's virtualization, PV does not need it. */
    public enum Mode {
        PV,
        PVH,
        HVM,
        UNKNOWN;

        /** The mode as it is printed. */
        public String label() {
            return this == UNKNOWN ? "mode unknown" : name();
        }
    }

    /** One clause that says it all, such as {@code Xen 4.17.7, PV, dom0}. */
    public String summary() {
        String rank = switch (privileged) {
            case YES -> "dom0";
            case NO -> "domU";
            case UNKNOWN -> "dom0 or domU unknown";
        };
        return "Xen " + version + ", " + mode.label() + ", " + rank;
    }
}
