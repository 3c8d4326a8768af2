package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
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
    private static final List<String> FIELDS =
            List.of("sys_vendor", "product_name", "board_vendor", "bios_vendor", "bios_version", "product_version");

    private record Rule(String field, String beginning, Hypervisor hypervisor) {}

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
            new Rule("product_name", "Google Compute Engine", Hypervisor.COMPUTE_ENGINE),
            new Rule("sys_vendor", "Amazon EC2", Hypervisor.NITRO),
            new Rule("product_name", "KVM", Hypervisor.KVM),
            new Rule("product_name", "RHEV Hypervisor", Hypervisor.KVM),
            new Rule("product_name", "KubeVirt", Hypervisor.KVM),
            new Rule("product_name", "OpenStack", Hypervisor.UNIDENTIFIED),
            new Rule("sys_vendor", "QEMU", Hypervisor.QEMU),
            new Rule("bios_vendor", "Bochs", Hypervisor.QEMU),
            new Rule("sys_vendor", "Bochs", Hypervisor.QEMU));

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

    /** Amazon's bare-metal instances, whose firmware bears the same vendor as the guests'. */
    boolean isMetalInstance() {
        return name("sys_vendor").startsWith("Amazon EC2")
                && name("product_name").contains(".metal");
    }

    Optional<Hypervisor.Clue> clue() {
        if (isMetalInstance()) {
            return Optional.empty();
        }
        // Surface computers bear the same vendor, so the product decides.
        if (name("sys_vendor").startsWith("Microsoft") && name("product_name").startsWith("Virtual Machine")) {
            return Optional.of(new Hypervisor.Clue(Hypervisor.HYPER_V, evidence("product_name")));
        }
        return RULES.stream()
                .filter(rule -> name(rule.field()).startsWith(rule.beginning()))
                .findFirst()
                .map(rule -> new Hypervisor.Clue(rule.hypervisor(), evidence(rule.field())));
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

    private String evidence(String field) {
        return "DMI " + field + " is \"" + name(field) + "\"";
    }

    private String name(String field) {
        return names.getOrDefault(field, "");
    }
}
