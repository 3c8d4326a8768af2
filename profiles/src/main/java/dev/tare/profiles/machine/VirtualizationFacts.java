package dev.tare.profiles.machine;

import dev.tare.machine.virtualization.Device;
import dev.tare.machine.virtualization.Finding;
import dev.tare.machine.virtualization.Virtualization;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hypervisor and its devices as facts, each with its evidence. */
final class VirtualizationFacts {
    private VirtualizationFacts() {}

    static Map<String, String> of(Virtualization virtualization) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("summary", virtualization.summary());
        facts.put("hypervisor", virtualization.hypervisor().value().label());
        facts.put("hypervisorEvidence", evidence(virtualization.hypervisor()));
        facts.put("kind", virtualization.kind().value().label());
        facts.put("kindEvidence", evidence(virtualization.kind()));
        virtualization.xen().ifPresent(domain -> facts.put("xen", domain.summary()));
        facts.put(
                "hardwareAssistance",
                virtualization.hardwareAssistance().value().label());
        facts.put("container", virtualization.container().value().label());
        facts.put("containerEvidence", evidence(virtualization.container()));
        for (Device device : virtualization.devices()) {
            facts.put(
                    device.role().label() + " " + device.name(), device.kind().label() + ", driver " + device.driver());
        }
        return facts;
    }

    private static String evidence(Finding<?> finding) {
        return finding.evidence().isEmpty() ? "none" : String.join("; ", finding.evidence());
    }
}
