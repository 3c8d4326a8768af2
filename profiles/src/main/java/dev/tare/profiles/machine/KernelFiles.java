package dev.tare.profiles.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings of a Linux kernel that change what is measured, read from /proc and /sys below a root folder. */
final class KernelFiles {
    private static final Pattern CHOSEN = Pattern.compile("\\[([^]]+)]");
    private static final Pattern NODE = Pattern.compile("node\\d+");

    private final Path root;

    KernelFiles(Path root) {
        this.root = root;
    }

    Map<String, String> memory() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("numaNodes", count(root.resolve("sys/devices/system/node"), NODE));
        facts.put("transparentHugePages", chosen("sys/kernel/mm/transparent_hugepage/enabled"));
        facts.put("hugePages", text("proc/sys/vm/nr_hugepages"));
        facts.put("swappiness", text("proc/sys/vm/swappiness"));
        return facts;
    }

    Map<String, String> processor() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("frequencyGovernor", text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        facts.put("smt", text("sys/devices/system/cpu/smt/control"));
        facts.put("microcode", cpuinfo("microcode"));
        return facts;
    }

    Map<String, String> clock() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("source", text("sys/devices/system/clocksource/clocksource0/current_clocksource"));
        facts.put("available", text("sys/devices/system/clocksource/clocksource0/available_clocksource"));
        return facts;
    }

    /** The kernel's command line, with which mitigations and page sizes are switched. */
    String commandLine() {
        return text("proc/cmdline");
    }

    /** What the kernel says of each vulnerability of the processor. */
    Map<String, String> mitigations() {
        Map<String, String> facts = new LinkedHashMap<>();
        Path folder = root.resolve("sys/devices/system/cpu/vulnerabilities");
        for (Path file : list(folder)) {
            facts.put(file.getFileName().toString(), text(root.relativize(file).toString()));
        }
        if (facts.isEmpty()) {
            facts.put("all", Environment.UNKNOWN);
        }
        return facts;
    }

    private String cpuinfo(String key) {
        Matcher line = Pattern.compile("(?m)^" + key + "\\s*:\\s*(.+)$").matcher(text("proc/cpuinfo"));
        return line.find() ? line.group(1) : Environment.UNKNOWN;
    }

    private String chosen(String file) {
        Matcher chosen = CHOSEN.matcher(text(file));
        return chosen.find() ? chosen.group(1) : Environment.UNKNOWN;
    }

    private String text(String file) {
        try {
            String text = Files.readString(root.resolve(file)).strip();
            return text.isEmpty() ? Environment.UNKNOWN : text;
        } catch (IOException absentOrForbidden) {
            return Environment.UNKNOWN;
        }
    }

    private static String count(Path folder, Pattern name) {
        long matching = list(folder).stream()
                .filter(file -> name.matcher(file.getFileName().toString()).matches())
                .count();
        return matching == 0 ? Environment.UNKNOWN : Long.toString(matching);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException absentOrForbidden) {
            return List.of();
        }
    }
}
