package dev.tare.machine.virtualization;

/** What a machine runs on. */
public enum Hypervisor {
    XEN("Xen"),
    KVM("KVM"),
    QEMU("QEMU without KVM"),
    VMWARE("VMware"),
    HYPER_V("Hyper-V"),
    VIRTUALBOX("VirtualBox"),
    PARALLELS("Parallels"),
    BHYVE("bhyve"),
    APPLE("Apple Virtualization"),
    /** Amazon's Nitro, which is built on KVM. */
    NITRO("AWS Nitro"),
    /** Google's Compute Engine, which is built on KVM. */
    COMPUTE_ENGINE("Google Compute Engine"),
    /** A guest for certain, of a hypervisor that does not give its name. */
    UNIDENTIFIED("unidentified hypervisor"),
    /** Bare metal for certain. */
    NONE("none"),
    /** The evidence is missing: may be a guest, may be bare metal. */
    UNKNOWN("unknown");

    private final String label;

    Hypervisor(String label) {
        this.label = label;
    }

    /** The name as it is printed. */
    public String label() {
        return label;
    }

    /**
     * A sign of one hypervisor.
     *
     * @param evidence what was seen, one clause
     */
    record Clue(Hypervisor hypervisor, String evidence) {}
}
