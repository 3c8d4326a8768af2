package dev.tare.machine.virtualization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A device before it is judged.
 *
 * @param drivers its drivers from the device up to its bus
 * @param vendor vendor as the device says it, empty when it does not
 * @param model model as the device says it, empty when it does not
 * @param subsystem PCI vendor and device of the maker of the card, as {@code 1AF4:1100}, empty when unknown
 */
record SeenDevice(String name, Device.Role role, List<String> drivers, String vendor, String model, String subsystem) {
    private static final Set<String> PARAVIRTUAL = Set.of(
            "virtio_blk",
            "virtio_scsi",
            "virtio_net",
            "vbd",
            "vif",
            "vmxnet3",
            "vmw_pvscsi",
            "hv_storvsc",
            "hv_netvsc",
            "gve",
            "prl_eth",
            "prl_scsi");
    /** Devices of the nineties, which a guest of today only meets as software. */
    private static final Set<String> EMULATED = Set.of(
            "ata_piix",
            "e1000",
            "8139cp",
            "8139too",
            "pcnet32",
            "ne2k-pci",
            "tulip",
            "sym53c8xx",
            "mptspi",
            "mptsas",
            "BusLogic");

    private static final Set<String> PASSED_THROUGH =
            Set.of("ena", "ixgbevf", "igbvf", "iavf", "i40evf", "mlx4_core", "mlx5_core", "mana", "bnxt_en", "efa");
    /** PCI vendors of cards that exist only as software: QEMU, VMware, VirtualBox, Parallels. */
    private static final List<String> SOFTWARE_MAKERS = List.of("1AF4:", "15AD:", "80EE:", "1AB8:");

    private static final List<String> SOFTWARE_MODELS = List.of("QEMU", "VBOX", "VMware", "Virtual", "BHYVE");
    private static final Set<String> UPPER_LAYERS = Set.of("sd", "sr", "virtio-pci");
    private static final Map<String, Hypervisor> TELLING = Map.of(
            "vmxnet3", Hypervisor.VMWARE,
            "vmw_pvscsi", Hypervisor.VMWARE,
            "hv_storvsc", Hypervisor.HYPER_V,
            "hv_netvsc", Hypervisor.HYPER_V,
            "vbd", Hypervisor.XEN,
            "vif", Hypervisor.XEN,
            "virtio_blk", Hypervisor.UNIDENTIFIED,
            "virtio_net", Hypervisor.UNIDENTIFIED,
            "virtio_scsi", Hypervisor.UNIDENTIFIED);

    SeenDevice {
        drivers = List.copyOf(drivers);
    }

    /** The driver that decides: the lowest that is no mere layer above a controller. */
    String driver() {
        return drivers.stream()
                .filter(driver -> !UPPER_LAYERS.contains(driver))
                .findFirst()
                .or(() -> drivers.stream().findFirst())
                .orElse("unknown");
    }

    /** What the driver tells of the hypervisor. */
    Optional<Clue> clue() {
        return Optional.ofNullable(TELLING.get(driver()))
                .map(hypervisor -> new Clue(hypervisor, role.label() + " driver " + driver()));
    }

    Device judged(Hypervisor hypervisor) {
        List<String> evidence = new ArrayList<>();
        evidence.add("drivers " + (drivers.isEmpty() ? "not seen" : String.join(" on ", drivers)));
        if (!model.isEmpty()) {
            evidence.add("model " + (vendor.isEmpty() ? model : vendor + " " + model));
        }
        if (!subsystem.isEmpty()) {
            evidence.add("PCI subsystem " + subsystem);
        }
        return new Device(name, role, driver(), provision(hypervisor), evidence);
    }

    private Device.Provision provision(Hypervisor hypervisor) {
        String driver = driver();
        if (PARAVIRTUAL.contains(driver)) {
            return Device.Provision.PARAVIRTUAL;
        }
        if (hypervisor == Hypervisor.NONE) {
            return Device.Provision.PHYSICAL;
        }
        if (hypervisor == Hypervisor.UNKNOWN) {
            return Device.Provision.UNKNOWN;
        }
        if (EMULATED.contains(driver) || madeOfSoftware()) {
            return Device.Provision.EMULATED;
        }
        return PASSED_THROUGH.contains(driver) || model.startsWith("Amazon")
                ? Device.Provision.PASSED_THROUGH
                : Device.Provision.UNKNOWN;
    }

    private boolean madeOfSoftware() {
        return SOFTWARE_MAKERS.stream().anyMatch(subsystem.toUpperCase(Locale.ROOT)::startsWith)
                // A paravirtual controller shows the same model names, so an unseen controller counts only with ATA.
                || ((drivers.size() > 1 || vendor.equals("ATA"))
                        && SOFTWARE_MODELS.stream().anyMatch(model::contains));
    }
}
