package dev.tare.machine.inventory;

import dev.tare.machine.MachineFiles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was looked at to tell what a machine is, fit to be given away: without serial numbers, addresses, and names that people
 * have given. Put into a folder and read with {@link MachineFiles} it gives the same answers as the machine.
 */
public final class MachineCapture {
    /** Holds a folder of which nothing else is kept: version control has no empty ones. */
    private static final String PLACEHOLDER = "/.captured";
    /** Folders of links to devices, each of which is asked for more. */
    private static final Pattern DEVICES = Pattern.compile("sys/(block|class/\\w+|bus/\\w+/devices)");

    private final MachineFiles machine;
    private final Publication publication;
    private final NavigableMap<String, String> links = new TreeMap<>();
    private final NavigableMap<String, byte[]> files = new TreeMap<>();

    private MachineCapture(MachineFiles machine) {
        this.machine = machine;
        this.publication =
                new Publication(machine.words("proc/sys/kernel/hostname").orElse(""));
    }

    /**
     * Looks at a machine and keeps what it looked at.
     *
     * @return the files by their paths, {@link MachineFiles#LINKS} among them
     */
    public static NavigableMap<String, byte[]> of(MachineFiles machine) {
        Set<String> looked = new LinkedHashSet<>();
        MachineFacts.of(machine.recordedBy(looked::add));
        MachineCapture capture = new MachineCapture(machine);
        looked.forEach(capture::take);
        // Last, so that only what would be missing gets a placeholder.
        looked.forEach(capture::takeNames);
        return capture.published();
    }

    private NavigableMap<String, byte[]> published() {
        NavigableMap<String, byte[]> published = new TreeMap<>();
        files.forEach((path, bytes) -> published.put(publication.path(path), bytes));
        String text = links.entrySet().stream()
                .map(link -> publication.path(link.getKey()) + " -> " + publication.path(link.getValue()) + "\n")
                .collect(Collectors.joining());
        published.put(MachineFiles.LINKS, text.getBytes(StandardCharsets.UTF_8));
        return published;
    }

    private void take(String path) {
        int at = path.lastIndexOf('@');
        if (path.startsWith("dev/") && at > 0) {
            machine.bytesAt(path.substring(0, at), Long.parseLong(path.substring(at + 1), 16), 16)
                    .ifPresent(bytes -> files.put(path, bytes));
            return;
        }
        links.putAll(machine.linksTo(path));
        Optional<String> kept = machine.text(path).flatMap(text -> publication.text(path, text));
        kept.map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8))
                .or(() -> isMark(path) ? Optional.of(new byte[0]) : Optional.empty())
                .ifPresent(bytes -> files.put(place(path), bytes));
    }

    /** A file of which nothing is kept but that it exists. */
    private boolean isMark(String path) {
        return machine.exists(path)
                && machine.names(path).isEmpty()
                && machine.linkTarget(path).isEmpty()
                && !path.startsWith("sys/");
    }

    private void takeNames(String folder) {
        String place = place(folder);
        for (String name : machine.names(folder)) {
            String child = place + "/" + name;
            if (DEVICES.matcher(folder).matches()) {
                // Bridges and tunnels are no devices, and bear the names that somebody gave them.
                machine.linkTarget(child)
                        .filter(target -> !folder.endsWith("/net") || machine.exists(child + "/device"))
                        .ifPresent(target -> links.put(child, target));
            } else if (name.matches(".*\\D\\d+")) {
                keepFolder(child);
            }
        }
        keepFolder(place);
    }

    private void keepFolder(String place) {
        boolean holds = startsWith(files.navigableKeySet().ceiling(place + "/"), place)
                || startsWith(links.navigableKeySet().ceiling(place + "/"), place);
        if (!holds && !machine.names(place).isEmpty()) {
            files.put(place + PLACEHOLDER, new byte[0]);
        }
    }

    private static boolean startsWith(@Nullable String path, String folder) {
        return path != null && path.startsWith(folder + "/");
    }

    private String place(String path) {
        return machine.resolved(path).orElse(path);
    }
}
