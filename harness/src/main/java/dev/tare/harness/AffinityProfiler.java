package dev.tare.harness;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Starts forks on the processors that are named, by {@code taskset}, and what a benchmark starts beside itself, such as an
 * embedded peer, on others: {@code -prof cpus:0-3} or {@code -prof "cpus:fork=0,2;beside=1"}.
 *
 * <p>{@code -prof cpus:apart}, the default, gives what is beside the last core that this process may use, and the fork the
 * others; where there is one core, or no {@code taskset}, nobody is bound. The fact {@code cpus} says what was done.
 *
 * <p>It matters most for round trips: two ends that the kernel puts on one processor need no interrupt to wake each other, and
 * a run has forks of both kinds. A JVM that is bound counts only its own processors, for its collector and compiler, too.
 */
public class AffinityProfiler implements ExternalProfiler {
    /** The processors of what a fork starts beside itself; a system property of the fork. */
    static final String BESIDE_PROPERTY = "tare.cpus.beside";

    private static final String APART = "apart";
    private static final String FORK = "fork";
    private static final String BESIDE = "beside";

    /** Null for {@link #APART} until somebody asks: JMH constructs profilers only to list them, too. */
    private @Nullable Placement placement;

    /** Apart. */
    public AffinityProfiler() {}

    /**
     * As named.
     *
     * @param options {@code apart}, a list of processors in the kernel's form, or {@code fork=LIST;beside=LIST}
     * @throws ProfilerException when they have another form, name a processor that this process may not use, or when there is
     *     no {@code taskset}
     */
    public AffinityProfiler(String options) throws ProfilerException {
        if (!options.isBlank() && !options.strip().equals(APART)) {
            placement = parsed(options);
        }
    }

    /**
     * Who runs where.
     *
     * @param fork processors of the fork in the kernel's form; empty: any
     * @param beside the same of what it starts beside itself
     * @param words the same for people
     */
    record Placement(String fork, String beside, String words) {
        static Placement of(String fork, String beside) {
            return new Placement(
                    fork, beside, (fork.isEmpty() ? "any" : fork) + (beside.isEmpty() ? "" : ", beside it " + beside));
        }

        static Placement anywhere(String why) {
            return new Placement("", "", "any: " + why);
        }

        /** The last core for what is beside, the others for the fork. */
        static Placement apart(Topology topology) {
            NavigableSet<Integer> fork = new TreeSet<>(topology.allowed());
            NavigableSet<Integer> beside = new TreeSet<>(fork);
            if (!fork.isEmpty()) {
                beside.retainAll(topology.coreOf(fork.last()));
                fork.removeAll(beside);
            }
            return fork.isEmpty() ? anywhere("one core") : of(list(fork), list(beside));
        }

        private static String list(NavigableSet<Integer> processors) {
            return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    private static Placement parsed(String options) throws ProfilerException {
        Map<String, String> lists = new TreeMap<>();
        for (String option : List.of(options.split(";"))) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? FORK : option.substring(0, equals).strip();
            if (!List.of(FORK, BESIDE).contains(name)) {
                throw refusal(option);
            }
            if (lists.put(name, processors(option, option.substring(equals + 1).strip())) != null) {
                throw refusal(options);
            }
        }
        if (!Taskset.isThere()) {
            throw new ProfilerException("AffinityProfiler: " + Taskset.wanted() + ", or leave the profiler out");
        }
        return Placement.of(lists.getOrDefault(FORK, ""), lists.getOrDefault(BESIDE, ""));
    }

    private static String processors(String option, String list) throws ProfilerException {
        if (MachineFiles.numbersOf(list).isEmpty()) {
            throw refusal(option);
        }
        Optional<String> refusal = Taskset.refusal(list);
        if (refusal.isPresent()) {
            throw new ProfilerException("AffinityProfiler: " + refusal.get());
        }
        return list;
    }

    private static ProfilerException refusal(String option) {
        return new ProfilerException("AffinityProfiler: expected " + APART + ", a list of processors such as 0-3,8, or "
                + FORK + "=LIST;" + BESIDE + "=LIST, got \"" + option + "\"");
    }

    Placement placement() {
        if (placement == null) {
            placement = Taskset.isThere()
                    ? Placement.apart(new Topology(MachineFiles.ofThisMachine()))
                    : Placement.anywhere("no taskset");
        }
        return placement;
    }

    @Override
    public String getDescription() {
        return "Forks, and what they start beside themselves, on the processors that are named";
    }

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return Taskset.before(placement().fork());
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        String beside = placement().beside();
        return beside.isEmpty() ? List.of() : List.of("-D" + BESIDE_PROPERTY + "=" + beside);
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {
        Facts.print("cpus", placement().words());
    }

    @Override
    public Collection<? extends Result<?>> afterTrial(BenchmarkResult result, long pid, File stdOut, File stdErr) {
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return true;
    }

    @Override
    public boolean allowPrintErr() {
        return true;
    }
}
