package dev.tare.machine.virtualization;

/** What a machine runs on. */
public enum Hypervisor {
    XEN("Xen"),
    KVM("KVM"),
    /** QEMU for certain; whether KVM, another accelerator or its own emulator runs the guest is not told. */
    QEMU("QEMU, acceleration unknown"),
    /** QEMU's own emulator (TCG) for certain. */
    QEMU_TCG("QEMU without KVM"),
    VMWARE("VMware"),
    HYPER_V("Hyper-V"),
    VIRTUALBOX("VirtualBox"),
    PARALLELS("Parallels"),
    BHYVE("bhyve"),
    APPLE("Apple Virtualization"),
    OPENBSD("OpenBSD vmm"),
    ACRN("ACRN"),
    QNX("QNX"),
    /** Amazon's Nitro, which is built on KVM. */
    NITRO("AWS Nitro"),
    /** Google's Compute Engine, which is built on KVM. */
    COMPUTE_ENGINE("Google Compute Engine"),
    POWERVM("PowerVM"),
    /** The firmware that divides an IBM Z into logical partitions; no IBM Z runs without. */
    PRSM("IBM Z LPAR"),
    ZVM("z/VM"),
    USER_MODE_LINUX("User-mode Linux"),
    /** A guest for certain, of a hypervisor that does not give its name. */
    UNIDENTIFIED("unidentified hypervisor"),
    /** Bare metal for certain. */
    NONE("none"),
    /** The evidence is missing or contradicts itself: may be a guest, may be bare metal. */
    UNKNOWN("unknown");

    private final String label;

    Hypervisor(String label) {
        this.label = label;
    }

    /** The name as it is printed. */
    public String label() {
        return label;
    }

    /** How much a clue proves. */
    enum Weight {
        /** The hypervisor says so to the guest's kernel: proves a guest, and of whom. */
        TOLD,
        /** Software made for guests, or imitating hardware: proves a guest; an outer hypervisor may have left it. */
        MADE,
        /** Usual in guests, but there are cards for real machines that speak it, too. */
        USUAL,
        /** A name that guests and rented real machines bear alike: tells whose guest, if it is one. */
        NAME
    }

    /**
     * A sign of a hypervisor.
     *
     * @param hypervisor whose it is, {@link #UNIDENTIFIED} for many
     * @param evidence what was seen, one clause
     */
    record Clue(Hypervisor hypervisor, Weight weight, String evidence) {}
}
