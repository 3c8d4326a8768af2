package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A disk or network card as the guest sees it.
 *
 * @param name name of the operating system, such as {@code vda} or {@code eth0}
 * @param role what it does
 * @param driver driver that decides its kind, such as {@code virtio_blk} or {@code ata_piix}; {@code unknown} when it
 *     cannot be seen
 * @param kind how the hypervisor provides it
 * @param evidence what was seen, one clause each
 */
public record Device(String name, Role role, String driver, Provision kind, List<String> evidence) {
    public Device {
        evidence = List.copyOf(evidence);
    }

    /** What a device does. */
    public enum Role {
        DISK("disk"),
        NETWORK("network");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The role as it is printed. */
        public String label() {
            return label;
        }
    }

    /** How a hypervisor provides a device. */
    public enum Provision {
        /** Software that behaves like a device of the physical world, with an unmodified driver. */
        EMULATED("emulated"),
        /** An interface made for guests, with a driver made for it. */
        PARAVIRTUAL("paravirtual"),
        /** Hardware handed to the guest, wholly or as a function of its own. */
        PASSED_THROUGH("passed through"),
        /** Hardware of a machine that is no guest. */
        PHYSICAL("physical"),
        UNKNOWN("unknown");

        private final String label;

        Provision(String label) {
            this.label = label;
        }

        /** The provision as it is printed. */
        public String label() {
            return label;
        }
    }

    /** The disks and network cards that have a device behind them, in the order of their names. */
    static List<Seen> of(MachineFiles files) {
        return new Search(files).search();
    }

    /**
     * A device before it is judged.
     *
     * @param drivers its drivers from the device up to its bus
     * @param vendor vendor as the device says it, empty when it does not
     * @param model model as the device says it, empty when it does not
     * @param subsystem PCI vendor and device of the maker of the card, as {@code 1AF4:1100}, empty when unknown
     */
    record Seen(String name, Role role, List<String> drivers, String vendor, String model, String subsystem) {
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

        Seen {
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
        Optional<Hypervisor.Clue> clue() {
            return Optional.ofNullable(TELLING.get(driver()))
                    .map(hypervisor -> new Hypervisor.Clue(hypervisor, role.label() + " driver " + driver()));
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

        private Provision provision(Hypervisor hypervisor) {
            String driver = driver();
            if (PARAVIRTUAL.contains(driver)) {
                return Provision.PARAVIRTUAL;
            }
            if (hypervisor == Hypervisor.NONE) {
                return Provision.PHYSICAL;
            }
            if (hypervisor == Hypervisor.UNKNOWN) {
                return Provision.UNKNOWN;
            }
            if (EMULATED.contains(driver) || madeOfSoftware()) {
                return Provision.EMULATED;
            }
            return PASSED_THROUGH.contains(driver) || model.startsWith("Amazon")
                    ? Provision.PASSED_THROUGH
                    : Provision.UNKNOWN;
        }

        private boolean madeOfSoftware() {
            return SOFTWARE_MAKERS.stream().anyMatch(subsystem.toUpperCase(Locale.ROOT)::startsWith)
                    // A paravirtual controller shows the same model names, so an unseen controller counts only with
                    // ATA.
                    || ((drivers.size() > 1 || vendor.equals("ATA"))
                            && SOFTWARE_MODELS.stream().anyMatch(model::contains));
        }
    }

    /** Finds devices and the drivers that decide their kind. */
    private record Search(MachineFiles files) {
        List<Seen> search() {
            List<Seen> devices = new ArrayList<>();
            find("sys/block/", Role.DISK, devices);
            find("sys/class/net/", Role.NETWORK, devices);
            return devices;
        }

        private void find(String folder, Role role, List<Seen> devices) {
            for (String name : files.names(folder)) {
                String device = folder + name + "/device";
                // Loop devices, bridges and the like have no device, except that a captured tree may keep an empty
                // folder.
                if (!files.names(device).isEmpty()) {
                    devices.add(seen(name, role, device));
                }
            }
        }

        private Seen seen(String name, Role role, String device) {
            List<String> drivers = new ArrayList<>();
            driver(device).ifPresent(drivers::add);
            // Above a SCSI disk stands the driver of its controller, which decides.
            String parent = files.resolved(device).orElse("");
            for (int slash = parent.lastIndexOf('/'); slash > 0; slash = parent.lastIndexOf('/')) {
                parent = parent.substring(0, slash);
                files.linkName(parent + "/driver").ifPresent(drivers::add);
            }
            return new Seen(
                    name,
                    role,
                    drivers,
                    files.words(device + "/vendor").orElse(""),
                    files.words(device + "/model").orElse(""),
                    uevent(device, "PCI_SUBSYS_ID").orElse(""));
        }

        private Optional<String> driver(String device) {
            return files.linkName(device + "/driver").or(() -> uevent(device, "DRIVER"));
        }

        private Optional<String> uevent(String device, String key) {
            return files.text(device + "/uevent")
                    .orElse("")
                    .lines()
                    .filter(line -> line.startsWith(key + "="))
                    .map(line -> line.substring(key.length() + 1))
                    .findFirst();
        }
    }
}
