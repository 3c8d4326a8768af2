package dev.tare.profiles.machine;

import dev.tare.machine.virtualization.Virtualization;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.util.Utils;

/** Collects what this machine, this JVM and this Tare are; use it before or after measuring only. */
public final class Inventory {
    private final KernelFiles kernel = new KernelFiles(Path.of("/"));
    private final Hardware hardware = new Hardware();

    /**
     * Reads everything anew.
     *
     * @param labels words of the user's own, such as the site
     */
    public Environment collect(Map<String, String> labels) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("tare", tare());
        sections.put("host", host());
        sections.put("os", os());
        sections.put("cpu", merged(hardware.processor(), kernel.processor()));
        sections.put("memory", merged(hardware.memory(), kernel.memory()));
        sections.put("mitigations", kernel.mitigations());
        Virtualization virtualization = VirtualizationDetector.detectHere();
        sections.put("virtualization", VirtualizationFacts.of(virtualization));
        sections.put("clock", merged(kernel.clock(), ClockFacts.measure(virtualization.clockMayBeVirtual())));
        sections.put("jdk", jdk());
        sections.put("labels", labels);
        return new Environment(sections);
    }

    private static Map<String, String> tare() {
        Build build = Build.read();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", build.version());
        facts.put("commit", build.commit());
        facts.put("jmh", jmhVersion());
        return facts;
    }

    private static String jmhVersion() {
        String version = org.openjdk.jmh.util.Version.getPlainVersion();
        return version == null ? Environment.UNKNOWN : version;
    }

    private static Map<String, String> host() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", hostName());
        facts.put("collected", Instant.now().toString());
        return facts;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return Environment.UNKNOWN;
        }
    }

    private Map<String, String> os() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", System.getProperty("os.name", Environment.UNKNOWN));
        facts.put("kernel", System.getProperty("os.version", Environment.UNKNOWN));
        facts.put("architecture", System.getProperty("os.arch", Environment.UNKNOWN));
        facts.put("wordBits", Integer.toString(hardware.wordBits()));
        facts.put("commandLine", kernel.commandLine());
        return facts;
    }

    private static Map<String, String> jdk() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", System.getProperty("java.version", Environment.UNKNOWN));
        facts.put("vendor", System.getProperty("java.vendor", Environment.UNKNOWN));
        facts.put("vm", System.getProperty("java.vm.name", Environment.UNKNOWN));
        facts.put("vmVersion", System.getProperty("java.vm.version", Environment.UNKNOWN));
        facts.put("home", System.getProperty("java.home", Environment.UNKNOWN));
        facts.put("launcher", Utils.getCurrentJvm());
        facts.put("flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        return facts;
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
