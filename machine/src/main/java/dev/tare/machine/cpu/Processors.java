package dev.tare.machine.cpu;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cgroup.ControlGroup;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The processors of this machine: how many a process can use, how fast they run, how long threads wait for one. */
public final class Processors {
    private static final Pattern WAITED = Pattern.compile("(?m)^some .*\\btotal=(\\d{1,18})$");

    private final MachineFiles files;
    private final ControlGroup limits;

    /** Reads the given files, those of {@code /} on a live system. */
    public Processors(MachineFiles files) {
        this.files = files;
        this.limits = new ControlGroup(files);
    }

    /** The processors of this machine. */
    public static Processors ofThisMachine() {
        return new Processors(MachineFiles.ofThisMachine());
    }

    /** How many threads can run at once here, within the set and the quota of the control groups; at least 1. */
    public static int usable() {
        return ofThisMachine().usable(Runtime.getRuntime().availableProcessors());
    }

    /**
     * How many threads can run at once in these control groups; at least 1.
     *
     * @param countedByJvm processors without their quota
     */
    public int usable(int countedByJvm) {
        int processors = Math.min(countedByJvm, limits.cpuset().map(Set::size).orElse(countedByJvm));
        OptionalDouble quota = limits.cpuQuota();
        return Math.max(1, quota.isPresent() ? (int) Math.min(processors, Math.ceil(quota.getAsDouble())) : processors);
    }

    /** Mean of the frequencies at which they run now; empty where they cannot be read, as in most guests. */
    public OptionalDouble frequencyMHz() {
        return files.names(Topology.FOLDER).stream()
                .filter(name -> name.matches("cpu\\d+"))
                .flatMap(name -> files.words(Topology.FOLDER + "/" + name + "/cpufreq/scaling_cur_freq").stream())
                .filter(kilohertz -> kilohertz.matches("\\d{1,12}"))
                .mapToDouble(kilohertz -> Double.parseDouble(kilohertz) / 1e3)
                .average();
    }

    /**
     * How long at least one thread that could have run waited for a processor, since the system runs: PSI of the kernel, see
     * Linux's Documentation/accounting/psi.rst; empty where the kernel has none.
     */
    public OptionalLong waitedNs() {
        Matcher waited = WAITED.matcher(files.text("proc/pressure/cpu").orElse(""));
        return waited.find() ? OptionalLong.of(Long.parseLong(waited.group(1)) * 1000) : OptionalLong.empty();
    }

    /** Which kinds of pressure the kernel tells: {@code cpu, io, memory}, or {@code none}. */
    public String pressureKinds() {
        // A kernel that has PSI but was booted with psi=0 shows the files and refuses to read them.
        String kinds = String.join(
                ", ",
                Stream.of("cpu", "io", "memory")
                        .filter(kind -> files.words("proc/pressure/" + kind).isPresent())
                        .toList());
        return kinds.isEmpty() ? "none" : kinds;
    }
}
