package dev.tare.machine.inventory;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cgroup.ControlGroup;
import dev.tare.machine.cpu.Processors;
import dev.tare.machine.cpu.Topology;
import dev.tare.machine.memory.Caches;
import dev.tare.machine.memory.Machine;
import dev.tare.machine.memory.Memory;
import dev.tare.machine.virtualization.Virtualization;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a machine is: sections of facts, name to value, in the order in which people read them. What cannot be read is {@link
 * #UNKNOWN}. Collect before or after measuring only.
 */
public final class MachineFacts {
    /** What stands in the place of a fact that could not be read. */
    public static final String UNKNOWN = "unknown";

    private static final Pattern CHOSEN = Pattern.compile("\\[([^]]+)]");

    private final MachineFiles files;

    MachineFacts(MachineFiles files) {
        this.files = files;
    }

    /**
     * The sections {@code host}, {@code os}, {@code cpu}, {@code memory}, {@code controlGroup}, {@code mitigations}, {@code
     * virtualization} and {@code clock} of this machine, read anew.
     */
    public static Map<String, Map<String, String>> ofThisMachine() {
        MachineFacts kernel = new MachineFacts(MachineFiles.ofThisMachine());
        Hardware hardware = new Hardware();
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("host", kernel.host());
        sections.put("os", kernel.os(hardware.wordBits()));
        Map<String, String> processor = merged(hardware.processor(), kernel.processor());
        processor.put("usableProcessors", Integer.toString(Processors.usable()));
        sections.put("cpu", merged(processor, Machine.caches().facts()));
        sections.put("memory", merged(hardware.memory(), kernel.memory()));
        sections.putAll(kernel.rest(VirtualizationDetector.detectHere()));
        return sections;
    }

    /**
     * The same sections of the Linux machine whose files these are, without {@code host} and without what only its own JVM can
     * tell.
     */
    public static Map<String, Map<String, String>> of(MachineFiles files) {
        MachineFacts kernel = new MachineFacts(files);
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("os", kernel.os());
        sections.put(
                "cpu",
                merged(
                        merged(kernel.processorModel(), kernel.processor()),
                        Caches.ofLinux(files).facts()));
        sections.put("memory", kernel.memory());
        sections.putAll(kernel.rest(new VirtualizationDetector(files).detect()));
        return sections;
    }

    private Map<String, Map<String, String>> rest(Virtualization virtualization) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("controlGroup", new ControlGroup(files).facts());
        sections.put("mitigations", mitigations());
        sections.put("virtualization", virtualization.facts());
        sections.put("clock", merged(clock(), Map.of("local", virtualization.localClockLabel())));
        return sections;
    }

    private Map<String, String> host() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", hostName());
        facts.put("collected", Instant.now().toString());
        return facts;
    }

    /** The kernel's, which needs no entry in a list of names; where there is none, as on other systems, the resolver's. */
    private String hostName() {
        Optional<String> ofKernel = files.words("proc/sys/kernel/hostname").map(String::strip);
        if (ofKernel.isPresent()) {
            return ofKernel.get();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return UNKNOWN;
        }
    }

    private Map<String, String> os(int wordBits) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", System.getProperty("os.name", UNKNOWN));
        facts.put("kernel", System.getProperty("os.version", UNKNOWN));
        facts.put("architecture", System.getProperty("os.arch", UNKNOWN));
        facts.put("wordBits", Integer.toString(wordBits));
        facts.put("commandLine", commandLine());
        facts.put("pressureStallInformation", new Processors(files).pressureKinds());
        return facts;
    }

    private Map<String, String> os() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", "Linux");
        facts.put("kernel", text("proc/sys/kernel/osrelease"));
        facts.put("commandLine", commandLine());
        facts.put("pressureStallInformation", new Processors(files).pressureKinds());
        return facts;
    }

    private Map<String, String> processorModel() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("vendor", processorField("vendor_id"));
        facts.put("model", processorField("model name"));
        return facts;
    }

    /** What of the kernel's command line concerns performance. */
    String commandLine() {
        return files.words("proc/cmdline").map(KernelCommandLine::publishable).orElse(UNKNOWN);
    }

    Map<String, String> processor() {
        Map<String, String> facts = new LinkedHashMap<>();
        // Where Linux has ids of them: OSHI takes each socket's cores for its own.
        Topology topology = new Topology(files);
        topology.packages().ifPresent(packages -> facts.put("packages", Integer.toString(packages)));
        topology.cores().ifPresent(cores -> facts.put("cores", Integer.toString(cores)));
        if (!topology.online().isEmpty()) {
            facts.put("logicalProcessors", Integer.toString(topology.online().size()));
        }
        int allowed = topology.allowed().size();
        facts.put("usableProcessors", allowed == 0 ? UNKNOWN : Integer.toString(new Processors(files).usable(allowed)));
        facts.put("frequencyGovernor", text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        facts.put("smt", text("sys/devices/system/cpu/smt/control"));
        facts.put("microcode", processorField("microcode"));
        return facts;
    }

    Map<String, String> memory() {
        Map<String, String> facts = new LinkedHashMap<>();
        OptionalLong usable = new Memory(files).totalBytes();
        facts.put("usableBytes", usable.isPresent() ? Long.toString(usable.getAsLong()) : UNKNOWN);
        long nodes = files.names("sys/devices/system/node").stream()
                .filter(name -> name.matches("node\\d+"))
                .count();
        facts.put("numaNodes", nodes == 0 ? UNKNOWN : Long.toString(nodes));
        facts.put("transparentHugePages", chosen("sys/kernel/mm/transparent_hugepage/enabled"));
        facts.put("hugePages", text("proc/sys/vm/nr_hugepages"));
        facts.put("swappiness", text("proc/sys/vm/swappiness"));
        return facts;
    }

    /** What the kernel says of each vulnerability of the processor. */
    Map<String, String> mitigations() {
        String folder = "sys/devices/system/cpu/vulnerabilities";
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : files.names(folder)) {
            facts.put(name, text(folder + "/" + name));
        }
        if (facts.isEmpty()) {
            facts.put("all", UNKNOWN);
        }
        return facts;
    }

    Map<String, String> clock() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("source", text("sys/devices/system/clocksource/clocksource0/current_clocksource"));
        facts.put("available", text("sys/devices/system/clocksource/clocksource0/available_clocksource"));
        return facts;
    }

    /** Of the first processor. */
    private String processorField(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + "\\s*:\\s*(.+)$").matcher(text("proc/cpuinfo"));
        return line.find() ? line.group(1) : UNKNOWN;
    }

    /** The setting that Linux shows in brackets among those that can be chosen. */
    private String chosen(String file) {
        Matcher chosen = CHOSEN.matcher(text(file));
        return chosen.find() ? chosen.group(1) : UNKNOWN;
    }

    private String text(String file) {
        return files.words(file).orElse(UNKNOWN);
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
