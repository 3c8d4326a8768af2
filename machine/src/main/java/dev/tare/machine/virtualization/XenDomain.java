package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Finding.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** Finds the Xen domain from what Xen itself shows in /sys/hypervisor and /proc/xen. */
    static final class Search {
        private static final String HYPERVISOR = "sys/hypervisor/";
        private static final String FEATURES = HYPERVISOR + "properties/features";
        private static final String GUEST_TYPE = HYPERVISOR + "guest_type";
        private static final String CAPABILITIES = "proc/xen/capabilities";

        /** Bits of Xen's public header features.h: memory addresses translated by Xen (PVH, HVM), and the initial domain. */
        private static final int AUTO_TRANSLATED = 1 << 2;

        private static final int DOM0 = 1 << 11;

        private final MachineFiles files;
        private final List<String> modeEvidence = new ArrayList<>();
        private final List<String> rankEvidence = new ArrayList<>();

        Search(MachineFiles files) {
            this.files = files;
        }

        /** A clue that does not lean on the firmware, which an outer hypervisor may provide to dom0. */
        Optional<Hypervisor.Clue> clue() {
            if (files.words(HYPERVISOR + "type").filter("xen"::equals).isPresent()) {
                return Optional.of(
                        new Hypervisor.Clue(Hypervisor.XEN, Hypervisor.Weight.TOLD, HYPERVISOR + "type is xen"));
            }
            return files.exists(CAPABILITIES)
                    ? Optional.of(new Hypervisor.Clue(Hypervisor.XEN, Hypervisor.Weight.TOLD, CAPABILITIES + " exists"))
                    : Optional.empty();
        }

        XenDomain domain(Optional<Hypervisor.Clue> firmware) {
            return new XenDomain(mode(firmware), privileged(), version());
        }

        /** What told the mode; valid after {@link #domain}. */
        List<String> modeEvidence() {
            return modeEvidence.isEmpty()
                    ? List.of("neither " + GUEST_TYPE + " nor " + FEATURES + " seen")
                    : modeEvidence;
        }

        /** What told dom0 from domU; valid after {@link #domain}. */
        List<String> rankEvidence() {
            return rankEvidence.isEmpty()
                    ? List.of("neither " + CAPABILITIES + " nor " + FEATURES + " seen")
                    : rankEvidence;
        }

        /** Whether Xen runs hardware-assisted guests on this processor, which dom0 can have. */
        Finding<Answer> hostsGuests() {
            return files.words(HYPERVISOR + "properties/capabilities")
                    .map(text -> text.contains("hvm")
                            ? Finding.of(Answer.YES, "Xen's capabilities are \"" + text + "\"")
                            : Finding.of(Answer.NO, "Xen's capabilities are \"" + text + "\", without hvm"))
                    .orElseGet(() -> Finding.of(Answer.UNKNOWN, "Xen's capabilities cannot be read"));
        }

        private Mode mode(Optional<Hypervisor.Clue> firmware) {
            Optional<String> type = files.words(GUEST_TYPE);
            for (Mode mode : List.of(Mode.PV, Mode.PVH, Mode.HVM)) {
                if (type.filter(mode.name()::equals).isPresent()) {
                    modeEvidence.add(GUEST_TYPE + " is " + mode);
                    return mode;
                }
            }
            // Kernels before 4.13 have no guest_type.
            Optional<Integer> features = features();
            if (features.filter(bits -> (bits & AUTO_TRANSLATED) == 0).isPresent()) {
                modeEvidence.add(FEATURES + " lacks auto-translated physmap");
                return Mode.PV;
            }
            if (firmware.filter(clue -> clue.hypervisor() == Hypervisor.XEN).isPresent()) {
                modeEvidence.add(firmware.get().evidence());
                return Mode.HVM;
            }
            return Mode.UNKNOWN;
        }

        private Answer privileged() {
            Optional<Integer> features = features();
            Optional<String> capabilities = files.text(CAPABILITIES);
            if (capabilities.isPresent()) {
                String text = capabilities.get();
                rankEvidence.add(CAPABILITIES + " is " + (text.isEmpty() ? "empty" : text));
                return Answer.of(text.contains("control_d"));
            }
            if (features.isPresent()) {
                boolean dom0 = (features.get() & DOM0) != 0;
                rankEvidence.add(FEATURES + (dom0 ? " has" : " lacks") + " dom0");
                return Answer.of(dom0);
            }
            return Answer.UNKNOWN;
        }

        private Optional<Integer> features() {
            return files.words(FEATURES)
                    .filter(text -> text.matches("[0-9a-fA-F]{1,8}"))
                    .map(text -> Integer.parseUnsignedInt(text, 16));
        }

        private String version() {
            Optional<String> major = files.words(HYPERVISOR + "version/major");
            Optional<String> minor = files.words(HYPERVISOR + "version/minor");
            String extra = files.words(HYPERVISOR + "version/extra").orElse("");
            return major.isPresent() && minor.isPresent()
                    ? String.format(Locale.ROOT, "%s.%s%s", major.get(), minor.get(), extra)
                    : "unknown";
        }
    }
}
