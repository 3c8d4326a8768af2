package dev.tare.io.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a device is attached, told from its path in /sys, and what that link can carry. */
final class Link {
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

    private Link() {}

    static String transport(Path disk) {
        return MARKS.stream()
                .filter(mark -> disk.toString().contains(mark[0]))
                .map(mark -> mark[1])
                .findFirst()
                .orElse("unknown");
    }

    /** Payload bytes per second that cannot be exceeded; empty when the system does not tell. */
    static OptionalLong bytesPerS(Path sys, Path disk) throws IOException {
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
        return Attribute.read(sys.resolve("class/ata_link/link" + port.group(1) + "/sata_spd"))
                .flatMap(speed -> number(GIGABITS, speed))
                .map(gigabits -> OptionalLong.of(Math.round(gigabits * 1e9 / 10)))
                .orElse(OptionalLong.empty());
    }

    // PCI Express 1 and 2 spend two of ten bits on coding, later ones two of 130; protocol overhead comes on top.
    private static OptionalLong pciExpress(Path disk) {
        for (Path at = disk; at != null; at = at.getParent()) {
            Optional<Double> transfers =
                    Attribute.read(at.resolve("current_link_speed")).flatMap(speed -> number(TRANSFERS, speed));
            Optional<String> width = Attribute.read(at.resolve("current_link_width"));
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
            return all.flatMap(card -> Attribute.read(card.resolve("speed")).stream())
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
    static String chosen(String choices) {
        Matcher choice = Pattern.compile("\\[(\\S+)]").matcher(choices);
        return choice.find() ? choice.group(1) : choices.toLowerCase(Locale.ROOT);
    }
}
