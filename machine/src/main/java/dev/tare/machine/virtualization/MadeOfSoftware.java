package dev.tare.machine.virtualization;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of devices that exist only as software. Names that real devices bear, too, are left out: cards of their own that speak
 * virtio, disks that a storage network calls virtual, and the virtual media of management controllers.
 */
final class MadeOfSoftware {
    private static final String RED_HAT = "1AF4";

    /** Makers who have never built a card: VMware, VirtualBox, Parallels, QEMU's bridges, QEMU's graphics, Xen, bhyve. */
    private static final Map<String, Hypervisor> PCI_MAKERS = Map.of(
            "15AD", Hypervisor.VMWARE,
            "80EE", Hypervisor.VIRTUALBOX,
            "1AB8", Hypervisor.PARALLELS,
            "1B36", Hypervisor.QEMU,
            "1234", Hypervisor.QEMU,
            "5853", Hypervisor.XEN,
            "FB5D", Hypervisor.BHYVE);

    /** Microsoft builds cards, but this one is the graphics of its first generation of guests. */
    private static final String GRAPHICS_OF_HYPER_V = "1414:5353";
    /** What QEMU's imitations of other makers' cards bear. */
    private static final String SUBSYSTEM_OF_QEMU = RED_HAT + ":1100";

    private record Model(String beginning, Hypervisor hypervisor) {}

    private static final List<Model> MODELS = List.of(
            new Model("QEMU", Hypervisor.QEMU),
            new Model("VMWARE", Hypervisor.VMWARE),
            new Model("NECVMWAR", Hypervisor.VMWARE),
            new Model("VBOX", Hypervisor.VIRTUALBOX),
            new Model("ORCL-VBOX", Hypervisor.VIRTUALBOX),
            new Model("BHYVE", Hypervisor.BHYVE),
            new Model("MSFT VIRTUAL", Hypervisor.HYPER_V),
            new Model("VIRTUAL HD", Hypervisor.HYPER_V),
            new Model("VIRTUAL CD", Hypervisor.HYPER_V),
            new Model("PARALLELS", Hypervisor.PARALLELS),
            new Model("VIRTUAL HDD [", Hypervisor.PARALLELS),
            new Model("VZ ", Hypervisor.KVM));

    private MadeOfSoftware() {}

    /**
     * Whose software a PCI function is.
     *
     * @param id vendor and device such as {@code 8086:100E}, empty when unknown
     * @param subsystem maker of the card and its number there, such as {@code 1AF4:1100}, empty when unknown
     */
    static Optional<Hypervisor> pci(String id, String subsystem) {
        String device = id.toUpperCase(Locale.ROOT);
        String card = subsystem.toUpperCase(Locale.ROOT);
        if (device.equals(GRAPHICS_OF_HYPER_V)) {
            return Optional.of(Hypervisor.HYPER_V);
        }
        // Virtio has the same number on QEMU's side, and real cards speak virtio.
        if (card.equals(SUBSYSTEM_OF_QEMU) && !device.startsWith(RED_HAT)) {
            return Optional.of(Hypervisor.QEMU);
        }
        return Optional.ofNullable(PCI_MAKERS.get(maker(device)))
                .or(() -> Optional.ofNullable(PCI_MAKERS.get(maker(card))));
    }

    /** Whose software a disk is, by what it says of itself. */
    static Optional<Hypervisor> disk(String vendor, String model) {
        String said = model.toUpperCase(Locale.ROOT);
        String maker = vendor.toUpperCase(Locale.ROOT);
        return MODELS.stream()
                .filter(known -> said.startsWith(known.beginning())
                        || maker.startsWith(known.beginning())
                        || (maker + " " + said).startsWith(known.beginning()))
                .map(Model::hypervisor)
                .findFirst();
    }

    private static String maker(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? "" : id.substring(0, colon);
    }
}
