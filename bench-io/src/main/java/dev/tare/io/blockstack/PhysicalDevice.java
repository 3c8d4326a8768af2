package dev.tare.io.blockstack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A device at the bottom of a block stack: below it this system sees none. How it is attached is told from its path in /sys.
 *
 * @param name such as {@code sda}
 * @param facts driver, model, scheduler and so on, by their fact keys
 * @param session of the kernel's iSCSI initiator, if the device comes from it
 * @param linkBytesPerS what its link can carry, where the system tells
 */
record PhysicalDevice(
        String name, Map<String, String> facts, Optional<IscsiSession> session, OptionalLong linkBytesPerS) {
    private static final Pattern ATA = Pattern.compile("/ata(\\d+)/");
    private static final Pattern GIGABITS = Pattern.compile("(\\d+(?:\\.\\d+)?) Gbps");
    private static final Pattern TRANSFERS = Pattern.compile("(\\d+(?:\\.\\d+)?) GT/s.*");
    private static final List<String[]> MARKS = List.of(
            new String[] {"/session", "iscsi"},
            new String[] {"/rport-", "fibre channel"},
            new String[] {"/end_device-", "sas"},
            new String[] {"/usb", "usb"},
            new String[] {"/nvme", "nvme"},
            new String[] {"/ata", "ata"},
            new String[] {"/vbd-", "xen"},
            new String[] {"/vmbus", "hyper-v"},
            new String[] {"/virtio", "virtio"},
            new String[] {"/mmc", "mmc"},
            new String[] {"/virtual/", "virtual"});

    /**
     * A session of the kernel's iSCSI initiator.
     *
     * @param target the target's name (IQN), or {@code unknown}
     * @param portal address and port, or {@code unknown}
     */
    record IscsiSession(String target, String portal) {
        private static final Pattern SESSION = Pattern.compile("/session(\\d+)/");

        /** The session whose disk lies at a path below {@code /sys/devices}. */
        static Optional<IscsiSession> of(Path sys, Path disk) throws IOException {
            Matcher session = SESSION.matcher(disk + "/");
            if (!session.find()) {
                return Optional.empty();
            }
            String number = session.group(1);
            return Optional.of(new IscsiSession(
                    BlockNode.value(sys.resolve("class/iscsi_session/session" + number + "/targetname"))
                            .orElse("unknown"),
                    portal(sys.resolve("class/iscsi_connection"), number).orElse("unknown")));
        }

        private static Optional<String> portal(Path connections, String session) throws IOException {
            if (!Files.isDirectory(connections)) {
                return Optional.empty();
            }
            try (DirectoryStream<Path> all = Files.newDirectoryStream(connections, "connection" + session + ":*")) {
                for (Path connection : all) {
                    Optional<String> address = BlockNode.value(connection.resolve("persistent_address"));
                    Optional<String> port = BlockNode.value(connection.resolve("persistent_port"));
                    if (address.isPresent()) {
                        return Optional.of(
                                address.get() + port.map(number -> ":" + number).orElse(""));
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** Reads it from its folder below {@code sys}. */
    static PhysicalDevice of(Path sys, BlockNode node) throws IOException {
        Path disk = node.folder();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("device", node.name());
        facts.put("device-driver", driver(node));
        facts.put("device-model", node.attribute("device/model").orElse("unknown"));
        facts.put("device-transport", transport(disk));
        facts.put(
                "device-scheduler",
                node.attribute("queue/scheduler").map(PhysicalDevice::chosen).orElse("unknown"));
        facts.put("device-write-cache", node.attribute("queue/write_cache").orElse("unknown"));
        facts.put(
                "device-rotational",
                node.attribute("queue/rotational")
                        .map(value -> value.equals("1") ? "yes" : "no")
                        .orElse("unknown"));
        facts.put(
                "device-logical-block-bytes",
                node.attribute("queue/logical_block_size").orElse("unknown"));
        return new PhysicalDevice(node.name(), facts, IscsiSession.of(sys, disk), linkBytesPerS(sys, disk));
    }

    // The driver hangs on the device itself or, for NVMe, on the controller above it.
    private static String driver(BlockNode node) throws IOException {
        for (String link : List.of("device/driver", "device/device/driver")) {
            Path driver = node.folder().resolve(link);
            if (Files.exists(driver)) {
                return String.valueOf(driver.toRealPath().getFileName());
            }
        }
        return "unknown";
    }

    private static String transport(Path disk) {
        return MARKS.stream()
                .filter(mark -> disk.toString().contains(mark[0]))
                .map(mark -> mark[1])
                .findFirst()
                .orElse("unknown");
    }

    /** Payload bytes per second that cannot be exceeded; empty when the system does not tell. */
    private static OptionalLong linkBytesPerS(Path sys, Path disk) throws IOException {
        return switch (transport(disk)) {
            case "ata" -> ata(sys, disk);
            case "nvme" -> pciExpress(disk);
            case "iscsi" -> fastestNetworkCard(sys);
            default -> OptionalLong.empty();
        };
    }

    // Eight of ten bits on a SATA wire are payload.
    private static OptionalLong ata(Path sys, Path disk) {
        Matcher port = ATA.matcher(disk.toString());
        if (!port.find()) {
            return OptionalLong.empty();
        }
        return BlockNode.value(sys.resolve("class/ata_link/link" + port.group(1) + "/sata_spd"))
                .flatMap(speed -> number(GIGABITS, speed))
                .map(gigabits -> OptionalLong.of(Math.round(gigabits * 1e9 / 10)))
                .orElse(OptionalLong.empty());
    }

    // PCI Express 1 and 2 spend two of ten bits on coding, later ones two of 130; protocol overhead comes on top.
    private static OptionalLong pciExpress(Path disk) {
        for (Path at = disk; at != null; at = at.getParent()) {
            Optional<Double> transfers =
                    BlockNode.value(at.resolve("current_link_speed")).flatMap(speed -> number(TRANSFERS, speed));
            Optional<String> width = BlockNode.value(at.resolve("current_link_width"));
            if (transfers.isPresent() && width.isPresent()) {
                double payload = transfers.get() <= 5 ? 0.8 : 128.0 / 130;
                return OptionalLong.of(Math.round(transfers.get() * payload * 1e9 / 8 * Integer.parseInt(width.get())));
            }
        }
        return OptionalLong.empty();
    }

    // Which card carries a session is a matter of routing; the fastest bounds them all.
    private static OptionalLong fastestNetworkCard(Path sys) throws IOException {
        Path cards = sys.resolve("class/net");
        if (!Files.isDirectory(cards)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> all = Files.list(cards)) {
            return all.flatMap(card -> BlockNode.value(card.resolve("speed")).stream())
                    .filter(megabits -> megabits.matches("\\d{1,9}"))
                    .mapToLong(megabits -> Long.parseLong(megabits) * 1_000_000 / 8)
                    .max();
        }
    }

    private static Optional<Double> number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.strip());
        return matcher.matches() ? Optional.of(Double.parseDouble(matcher.group(1))) : Optional.empty();
    }

    /** The choice in brackets of an attribute such as {@code none [mq-deadline] kyber}. */
    private static String chosen(String choices) {
        Matcher choice = Pattern.compile("\\[(\\S+)]").matcher(choices);
        return choice.find() ? choice.group(1) : choices.toLowerCase(Locale.ROOT);
    }
}
