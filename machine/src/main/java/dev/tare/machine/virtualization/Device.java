package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Hypervisor.Clue;
import dev.tare.machine.virtualization.Hypervisor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
     * @param pciId vendor and device of the PCI function that it hangs on, such as {@code 8086:100E}, empty when unknown
     * @param subsystem maker and number of that card, such as {@code 1AF4:1100}, empty when unknown
     * @param isRemote whether the disk itself is elsewhere, or hangs on USB: then what it says is not this machine's
     */
    record Seen(
            String name,
            Role role,
            List<String> drivers,
            String vendor,
            String model,
            String pciId,
            String subsystem,
            boolean isRemote) {
        private static final Clue USUAL = new Clue(Hypervisor.UNIDENTIFIED, Weight.USUAL, "");
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
                "hv_pci",
                "gve",
                "prl_eth",
                "prl_scsi");
        /** Devices that hypervisors imitate; nobody builds them any more, so that a guest seldom meets a real one. */
        private static final Set<String> IMITATED = Set.of(
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
        /** Makers of disks, by what their disks or the SCSI layer call them. */
        private static final Pattern MAKER_OF_DISKS = Pattern.compile(
                "(?i)(samsung|mz[0-9a-z]|seagate|st\\d{3}|wdc?\\b|western digital|hgst|hitachi|toshiba|kioxia|intel\\b|ssdp|"
                        + "micron|mtfd|crucial|ct\\d{3}|kingston|sandisk|sk ?hynix|hfs\\d|solidigm|adata|maxtor|fujitsu|"
                        + "plextor|corsair|transcend|lite-?on|amazon e|microsoft nvme direct).*");
        /** What imitations of Intel's cards bear that have no number of their own. */
        private static final String NO_CARD = ":0000";

        private static final Set<String> UPPER_LAYERS = Set.of("sd", "sr", "virtio-pci", "virtio-mmio");
        private static final Map<String, Clue> TELLING = Map.of(
                "vmxnet3", made(Hypervisor.VMWARE),
                "vmw_pvscsi", made(Hypervisor.VMWARE),
                "hv_storvsc", made(Hypervisor.HYPER_V),
                "hv_netvsc", made(Hypervisor.HYPER_V),
                "vbd", made(Hypervisor.XEN),
                "vif", made(Hypervisor.XEN),
                "prl_eth", made(Hypervisor.PARALLELS),
                "virtio_blk", USUAL,
                "virtio_net", USUAL,
                "virtio_scsi", USUAL);

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

        /** What driver, card and model tell of the hypervisor. */
        List<Clue> clues() {
            List<Clue> clues = new ArrayList<>();
            String what = role.label() + " ";
            Optional.ofNullable(TELLING.get(driver()))
                    .map(known -> new Clue(known.hypervisor(), known.weight(), what + "driver " + driver()))
                    .ifPresent(clues::add);
            card().map(maker -> new Clue(maker, Weight.MADE, what + "card of " + subsystem))
                    .ifPresent(clues::add);
            software()
                    .map(maker -> new Clue(maker, Weight.MADE, what + "model " + said()))
                    .ifPresent(clues::add);
            return clues;
        }

        private static Clue made(Hypervisor hypervisor) {
            return new Clue(hypervisor, Weight.MADE, "");
        }

        private Optional<Hypervisor> card() {
            return MadeOfSoftware.pci(pciId, subsystem);
        }

        private Optional<Hypervisor> software() {
            return isRemote ? Optional.empty() : MadeOfSoftware.disk(vendor, model);
        }

        private String said() {
            return vendor.isEmpty() ? model : vendor + " " + model;
        }

        /**
         * Decides how it is provided.
         *
         * @param ownsHardware whether this is the hypervisor's own domain or partition, to which real devices belong
         */
        Device judged(Hypervisor hypervisor, boolean ownsHardware) {
            List<String> evidence = new ArrayList<>();
            evidence.add("drivers " + (drivers.isEmpty() ? "not seen" : String.join(" on ", drivers)));
            if (!model.isEmpty()) {
                evidence.add("model " + said());
            }
            if (!subsystem.isEmpty()) {
                evidence.add("PCI subsystem " + subsystem);
            }
            if (ownsHardware) {
                evidence.add("this domain owns the hardware");
            }
            return new Device(name, role, driver(), provision(hypervisor, ownsHardware), evidence);
        }

        private Provision provision(Hypervisor hypervisor, boolean ownsHardware) {
            if (hypervisor == Hypervisor.NONE) {
                return Provision.PHYSICAL;
            }
            if (PARAVIRTUAL.contains(driver())) {
                return Provision.PARAVIRTUAL;
            }
            if (card().isPresent() || software().isPresent()) {
                return Provision.EMULATED;
            }
            if (ownsHardware) {
                return Provision.PHYSICAL;
            }
            return hypervisor == Hypervisor.UNKNOWN ? Provision.UNKNOWN : inGuest(hypervisor);
        }

        /** A guest's device that is not known for software: real if its maker says so, imitated if its kind usually is. */
        private Provision inGuest(Hypervisor hypervisor) {
            // VirtualBox imitates with Intel's own numbers, and hands nothing through.
            boolean passes = hypervisor != Hypervisor.VIRTUALBOX && hypervisor != Hypervisor.QEMU_TCG;
            boolean realDisk = MAKER_OF_DISKS.matcher(said()).matches()
                    || MAKER_OF_DISKS.matcher(model).matches();
            boolean realCard = role == Role.NETWORK && !subsystem.isEmpty() && !subsystem.endsWith(NO_CARD);
            if (passes && (PASSED_THROUGH.contains(driver()) || realDisk || realCard)) {
                return Provision.PASSED_THROUGH;
            }
            return IMITATED.contains(driver()) ? Provision.EMULATED : Provision.UNKNOWN;
        }
    }

    /** Finds devices and the drivers that decide their kind. */
    private record Search(MachineFiles files) {
        /** Disks of a storage network or on USB, where management controllers show their virtual media. */
        private static final Pattern REMOTE = Pattern.compile("/(session|rport-|usb|nvme-fabrics|vhba)");

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
            Uevent own = Uevent.of(files, device);
            List<String> drivers = new ArrayList<>();
            files.linkName(device + "/driver").or(own::driver).ifPresent(drivers::add);
            // Above a SCSI disk stands the driver of its controller, which decides.
            String path = files.resolved(device).orElse(device);
            List<String> above = above(path);
            above.stream()
                    .flatMap(parent -> files.linkName(parent + "/driver").stream())
                    .forEach(drivers::add);
            Uevent card = Stream.concat(Stream.of(own), above.stream().map(parent -> Uevent.of(files, parent)))
                    .filter(event ->
                            !event.pciId().isEmpty() || !event.pciSubsystem().isEmpty())
                    .findFirst()
                    .orElse(own);
            return new Seen(
                    name,
                    role,
                    drivers,
                    files.words(device + "/vendor").orElse(""),
                    files.words(device + "/model").orElse(""),
                    card.pciId(),
                    card.pciSubsystem(),
                    REMOTE.matcher(path).find());
        }

        /** The folders above a device, the nearest first. */
        private static List<String> above(String device) {
            List<String> parents = new ArrayList<>();
            for (int slash = device.lastIndexOf('/'); slash > 0; slash = device.lastIndexOf('/', slash - 1)) {
                parents.add(device.substring(0, slash));
            }
            return parents;
        }
    }
}
