package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Hypervisor.Clue;
import dev.tare.machine.virtualization.Hypervisor.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Names that the firmware's DMI tables give the machine, by field, such as {@code sys_vendor}. The names of the
 * hypervisors are those that systemd-detect-virt and virt-what know, without vendors that also build real machines.
 */
record Firmware(Map<String, String> names) {
    private static final String FOLDER = "sys/class/dmi/id/";
    private static final List<String> FIELDS = List.of(
            "sys_vendor",
            "product_name",
            "board_vendor",
            "bios_vendor",
            "bios_version",
            "product_version",
            "chassis_vendor");

    private record Rule(String field, String beginning, Hypervisor hypervisor, Weight weight) {
        Rule(String field, String beginning, Hypervisor hypervisor) {
            this(field, beginning, hypervisor, Weight.MADE);
        }
    }

    /** The first that fits decides. */
    private static final List<Rule> RULES = List.of(
            new Rule("product_name", "VMware", Hypervisor.VMWARE),
            new Rule("sys_vendor", "VMware", Hypervisor.VMWARE),
            new Rule("product_name", "VirtualBox", Hypervisor.VIRTUALBOX),
            new Rule("sys_vendor", "innotek GmbH", Hypervisor.VIRTUALBOX),
            new Rule("sys_vendor", "Xen", Hypervisor.XEN),
            new Rule("product_name", "HVM domU", Hypervisor.XEN),
            new Rule("sys_vendor", "Parallels", Hypervisor.PARALLELS),
            new Rule("product_name", "Parallels", Hypervisor.PARALLELS),
            new Rule("product_name", "BHYVE", Hypervisor.BHYVE),
            new Rule("bios_vendor", "BHYVE", Hypervisor.BHYVE),
            new Rule("product_name", "Apple Virtualization", Hypervisor.APPLE),
            new Rule("product_name", "VirtualMac", Hypervisor.APPLE),
            new Rule("sys_vendor", "OpenBSD", Hypervisor.OPENBSD),
            new Rule("product_name", "KVM", Hypervisor.KVM),
            new Rule("product_name", "RHEV Hypervisor", Hypervisor.KVM),
            new Rule("product_name", "oVirt", Hypervisor.KVM),
            new Rule("product_name", "KubeVirt", Hypervisor.KVM),
            new Rule("product_name", "AHV", Hypervisor.KVM),
            new Rule("sys_vendor", "Virtuozzo", Hypervisor.KVM),
            new Rule("product_name", "OpenStack", Hypervisor.UNIDENTIFIED),
            new Rule("product_name", "Droplet", Hypervisor.UNIDENTIFIED),
            new Rule("product_name", "vServer", Hypervisor.UNIDENTIFIED),
            new Rule("sys_vendor", "Cloud Hypervisor", Hypervisor.UNIDENTIFIED),
            new Rule("sys_vendor", "QEMU", Hypervisor.QEMU),
            new Rule("chassis_vendor", "QEMU", Hypervisor.QEMU),
            new Rule("bios_vendor", "Bochs", Hypervisor.QEMU),
            new Rule("sys_vendor", "Bochs", Hypervisor.QEMU),
            new Rule("product_version", "pc-i440fx-", Hypervisor.QEMU),
            new Rule("product_version", "pc-q35-", Hypervisor.QEMU),
            new Rule("bios_vendor", "EFI Development Kit II / OVMF", Hypervisor.UNIDENTIFIED),
            // Clouds that rent guests and real machines by the same name.
            new Rule("product_name", "Google Compute Engine", Hypervisor.COMPUTE_ENGINE, Weight.NAME),
            new Rule("sys_vendor", "Google", Hypervisor.COMPUTE_ENGINE, Weight.NAME),
            new Rule("sys_vendor", "Amazon EC2", Hypervisor.NITRO, Weight.NAME));

    static Firmware of(MachineFiles files) {
        Map<String, String> names = new TreeMap<>();
        for (String field : FIELDS) {
            files.words(FOLDER + field).ifPresent(name -> names.put(field, name));
        }
        return new Firmware(names);
    }

    /** Whether the machine's maker and model can be read at all. */
    boolean namesMachine() {
        return names.containsKey("sys_vendor") && names.containsKey("product_name");
    }

    /** Amazon's bare-metal instances, the only ones of a cloud that say so themselves. */
    boolean isMetalInstance() {
        return name("sys_vendor").startsWith("Amazon EC2")
                && name("product_name").contains(".metal");
    }

    Optional<Clue> clue() {
        if (isMetalInstance()) {
            return Optional.empty();
        }
        // Surface computers bear the same vendor, so the product decides.
        if (name("sys_vendor").startsWith("Microsoft") && name("product_name").startsWith("Virtual Machine")) {
            return Optional.of(new Clue(Hypervisor.HYPER_V, Weight.MADE, evidence("product_name")));
        }
        // Its other instances are called by their size, and are guests; that name stands for itself on any processor.
        if (name("sys_vendor").startsWith("Amazon EC2") && name("product_name").contains(".")) {
            return Optional.of(new Clue(Hypervisor.NITRO, Weight.USUAL, evidence("product_name")));
        }
        return RULES.stream()
                .filter(rule -> name(rule.field()).startsWith(rule.beginning()))
                .findFirst()
                .map(rule -> new Clue(rule.hypervisor(), rule.weight(), evidence(rule.field())))
                .or(this::distribution);
    }

    /** What the firmware says of the machine, as one clause. */
    String evidence() {
        return names.isEmpty()
                ? FOLDER + " cannot be read"
                : names.keySet().stream()
                        .filter(field -> field.equals("sys_vendor") || field.equals("product_name"))
                        .map(this::evidence)
                        .collect(Collectors.joining(", "));
    }

    /** Distributions build such firmware for guests alone. */
    private Optional<Clue> distribution() {
        return name("bios_vendor").endsWith("distribution of EDK II")
                ? Optional.of(new Clue(Hypervisor.UNIDENTIFIED, Weight.MADE, evidence("bios_vendor")))
                : Optional.empty();
    }

    private String evidence(String field) {
        return "DMI " + field + " is \"" + name(field) + "\"";
    }

    private String name(String field) {
        return names.getOrDefault(field, "");
    }
}
