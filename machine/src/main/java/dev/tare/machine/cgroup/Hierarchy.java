package dev.tare.machine.cgroup;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.MountedFileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The groups of a controller around a process, from its own upwards, in whichever version of the interface has the controller.
 *
 * @param unified whether they are v2's
 * @param groups empty when the controller is not seen
 */
record Hierarchy(boolean unified, List<Group> groups) {
    Hierarchy {
        groups = List.copyOf(groups);
    }

    /**
     * v1's hierarchy of a controller where one is mounted, else v2's.
     *
     * @param mounts what the process sees
     * @param controller its name in v1
     */
    static Hierarchy of(MachineFiles files, List<MountedFileSystem> mounts, String controller) {
        List<String> v1 = List.of();
        List<String> v2 = List.of();
        for (String line : files.text("proc/self/cgroup").orElse("").lines().toList()) {
            // number : controllers : path, of which the path may contain colons
            List<String> fields = List.of(line.split(":", 3));
            if (fields.size() == 3 && List.of(fields.get(1).split(",")).contains(controller)) {
                v1 = folders(mounts, fields.get(2), "cgroup", controller);
            } else if (fields.size() == 3
                    && fields.get(0).equals("0")
                    && fields.get(1).isEmpty()) {
                v2 = folders(mounts, fields.get(2), "cgroup2", "");
            }
        }
        if (!v1.isEmpty()) {
            return of(files, false, v1);
        }
        // In a mixture, v2's hierarchy is mounted without the controllers that v1 has.
        String name = controller.equals("blkio") ? "io" : controller;
        boolean has = !v2.isEmpty()
                && new Group(files, true, v2.get(v2.size() - 1))
                        .words("cgroup.controllers", "")
                        .contains(name);
        return of(files, true, has ? v2 : List.of());
    }

    boolean isSeen() {
        return !groups.isEmpty();
    }

    private static Hierarchy of(MachineFiles files, boolean unified, List<String> folders) {
        return new Hierarchy(
                unified,
                folders.stream()
                        .map(folder -> new Group(files, unified, folder))
                        .toList());
    }

    /** The folders from that of a group up to where its hierarchy is mounted. */
    private static List<String> folders(List<MountedFileSystem> mounts, String group, String type, String controller) {
        return mounts.stream()
                .filter(mount -> mount.type().equals(type))
                .filter(mount -> controller.isEmpty() || mount.options().contains(controller))
                .map(mount -> upwards(group, mount.root(), mount.point().substring(1)))
                .findFirst()
                .orElse(List.of());
    }

    /**
     * A mount shows the hierarchy from {@code root} on; a container without a namespace of its own sees its group's path as the
     * host writes it, mounted with that path as root.
     */
    private static List<String> upwards(String group, String root, String mountPoint) {
        String below = root.equals("/")
                ? group
                : group.equals(root) || group.startsWith(root + "/") ? group.substring(root.length()) : "";
        List<String> folders = new ArrayList<>();
        for (String part = below.equals("/") ? "" : below;
                !part.isEmpty();
                part = part.substring(0, part.lastIndexOf('/'))) {
            folders.add(mountPoint + part);
        }
        folders.add(mountPoint);
        return folders;
    }

    /** The files of one group; each is asked for by its name in v2 and in v1. */
    record Group(MachineFiles files, boolean unified, String folder) {
        /** The text of a file, empty when it is not there. */
        String text(String v2, String v1) {
            return files.text(folder + "/" + (unified ? v2 : v1)).orElse("");
        }

        List<String> words(String v2, String v1) {
            String text = text(v2, v1);
            return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
        }

        /** A file that holds a number; empty for what says that there is no limit. */
        OptionalLong number(String v2, String v1) {
            return numberOf(text(v2, v1));
        }

        /** Lines of a name and a number. */
        Map<String, Long> numbers(String file) {
            Map<String, Long> numbers = new TreeMap<>();
            for (String line : text(file, file).lines().toList()) {
                List<String> words = List.of(line.split(" "));
                if (words.size() == 2) {
                    numberOf(words.get(1)).ifPresent(number -> numbers.put(words.get(0), number));
                }
            }
            return numbers;
        }

        static OptionalLong numberOf(String text) {
            try {
                return text.matches("\\d{1,19}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
            } catch (NumberFormatException beyondLong) {
                return OptionalLong.empty();
            }
        }

        Optional<String> processors() {
            return List.of("cpuset.effective_cpus", "cpuset.cpus").stream()
                    .map(v1 -> text("cpuset.cpus.effective", v1))
                    .filter(list -> MachineFiles.numbersOf(list).isPresent())
                    .findFirst();
        }
    }
}
