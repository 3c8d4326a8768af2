package dev.tare.machine.cpu;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cgroup.ControlGroup;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which processors of a Linux machine run, and which of them are threads of one core, cores of one package: by the lists and ids
 * below {@code /sys/devices/system/cpu}, see Linux's Documentation/admin-guide/cputopology.rst.
 */
public final class Topology {
    /** Where Linux has a folder {@code cpu0}, {@code cpu1}, ... for each processor. */
    public static final String FOLDER = "sys/devices/system/cpu";

    /** Today's name and that of kernels before 5.3. */
    private static final List<String> THREADS_OF_CORE = List.of("core_cpus_list", "thread_siblings_list");

    private static final List<String> THREADS_OF_PACKAGE = List.of("package_cpus_list", "core_siblings_list");
    /** A core's number counts within its die, that of a die within its package. */
    private static final List<String> IDS_OF_CORE = List.of("physical_package_id", "core_id");

    private static final List<String> IDS_OF_PACKAGE = List.of("physical_package_id");

    private final MachineFiles files;
    private final NavigableSet<Integer> online;

    /** Reads the given files, those of {@code /} on a live system. */
    public Topology(MachineFiles files) {
        this.files = files;
        this.online = readOnline();
    }

    /** Numbers of the processors that run; empty when none can be seen. */
    public NavigableSet<Integer> online() {
        return Collections.unmodifiableNavigableSet(online);
    }

    /** Those of them that this process may use, by its affinity and by its control group's set. */
    public NavigableSet<Integer> allowed() {
        NavigableSet<Integer> allowed = new TreeSet<>(online);
        KernelThread.allowed(files, "proc/self")
                .flatMap(MachineFiles::numbersOf)
                .ifPresent(allowed::retainAll);
        new ControlGroup(files).cpuset().ifPresent(allowed::retainAll);
        return allowed;
    }

    /** How many cores run; empty when the kernel does not tell. */
    public OptionalInt cores() {
        return coresAmong(online);
    }

    /** How many packages have a processor that runs; empty when the kernel does not tell. */
    public OptionalInt packages() {
        return different(online, THREADS_OF_PACKAGE, IDS_OF_PACKAGE);
    }

    /** How many cores some processors belong to, those that do not run left out; empty when the kernel does not tell. */
    public OptionalInt coresAmong(Set<Integer> processors) {
        return different(processors, THREADS_OF_CORE, IDS_OF_CORE);
    }

    /** The processors of the core that one belongs to, itself among them; itself alone where the kernel does not tell. */
    public NavigableSet<Integer> coreOf(int processor) {
        NavigableSet<Integer> members = new TreeSet<>(Set.of(processor));
        Optional<String> core = group(processor, THREADS_OF_CORE, IDS_OF_CORE);
        if (core.isPresent()) {
            online.stream()
                    .filter(other -> group(other, THREADS_OF_CORE, IDS_OF_CORE).equals(core))
                    .forEach(members::add);
        }
        return members;
    }

    private OptionalInt different(Set<Integer> processors, List<String> lists, List<String> ids) {
        Set<Optional<String>> groups = processors.stream()
                .filter(online::contains)
                .map(processor -> group(processor, lists, ids))
                .collect(Collectors.toSet());
        return groups.isEmpty() || groups.contains(Optional.<String>empty())
                ? OptionalInt.empty()
                : OptionalInt.of(groups.size());
    }

    /** What only processors of one group have in common: the list of its members, or else their ids. */
    private Optional<String> group(int processor, List<String> lists, List<String> ids) {
        String topology = FOLDER + "/cpu" + processor + "/topology/";
        Optional<String> members = lists.stream()
                .flatMap(list -> files.numbers(topology + list).stream())
                .map(found -> "members " + found)
                .findFirst();
        if (members.isPresent()) {
            return members;
        }
        List<String> found =
                ids.stream().flatMap(id -> files.words(topology + id).stream()).toList();
        return found.size() == ids.size()
                ? Optional.of(String.join(":", found) + ":"
                        + files.words(topology + "die_id").orElse(""))
                : Optional.empty();
    }

    private NavigableSet<Integer> readOnline() {
        return files.numbers(FOLDER + "/online")
                .orElseGet(() -> files.names(FOLDER).stream()
                        .filter(name -> name.matches("cpu\\d{1,6}"))
                        // The first processor has no such file where it cannot be stopped.
                        .filter(name -> !files.text(FOLDER + "/" + name + "/online")
                                .filter("0"::equals)
                                .isPresent())
                        .map(name -> Integer.valueOf(name.substring("cpu".length())))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
