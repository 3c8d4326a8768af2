package dev.tare.profiles.run;

import dev.tare.campaign.agent.HostWork;
import dev.tare.campaign.gate.GateProfiler;
import dev.tare.campaign.plan.CoreShares;
import dev.tare.clock.profile.RemoteClockProfiler;
import dev.tare.harness.IterationProfiler;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Processors;
import dev.tare.machine.cpu.Topology;
import dev.tare.net.control.Token;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.jmh.Profilers;
import dev.tare.profiles.machine.Build;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.plan.Profile;
import dev.tare.profiles.run.ForkRunner.ForkFailedException;
import dev.tare.profiles.run.ForkRunner.MeasuredFork;
import dev.tare.runs.Environment;
import dev.tare.runs.ForkJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a campaign measures and serves on this host: the same plans, forks and peers as the other commands have. */
public final class AgentForks implements HostWork, AutoCloseable {
    private static final String PLACE = "campaign";
    private static final int FEWEST_ITERATIONS = 3;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private @Nullable RunHost host;
    private @Nullable MachineLock machine;

    @Override
    public synchronized Description describe() {
        RunHost here = here();
        return new Description(
                Build.read().version(), here.fingerprint(), here.jvmFlags(), here.environmentJson(), found());
    }

    private synchronized RunHost here() {
        if (host == null) {
            host = RunHost.here(Map.of());
        }
        return host;
    }

    private static SortedMap<String, String> found() {
        MachineFiles files = MachineFiles.ofThisMachine();
        Topology topology = new Topology(files);
        NavigableSet<Integer> allowed = topology.allowed();
        SortedMap<String, String> found = new TreeMap<>();
        found.put("jdk.version", System.getProperty("java.version", Environment.UNKNOWN));
        found.put("os.version", System.getProperty("os.version", Environment.UNKNOWN));
        found.put("cpu.usable", Integer.toString(Processors.usable()));
        topology.cores().ifPresent(cores -> found.put("cpu.cores", Integer.toString(cores)));
        files.words("proc/sys/kernel/random/boot_id").ifPresent(boot -> found.put(CoreShares.KERNEL, boot));
        if (!allowed.isEmpty()) {
            found.put(
                    CoreShares.ALLOWED,
                    allowed.stream()
                            .map(processor ->
                                    processor + ":" + topology.coreOf(processor).first())
                            .collect(Collectors.joining(",")));
        }
        return found;
    }

    @Override
    public PlannedLine plan(String line) throws RefusedLineException {
        return planned(line).line();
    }

    /** A line as JMH's options, and its times. */
    private record Planned(PlannedConfiguration configuration, PlannedLine line) {}

    private static Planned planned(String line) throws RefusedLineException {
        Plan plan;
        try {
            plan = Planner.plan(Profile.parse(PLACE, line), JmhCommandLine.parse(List.of()), Pattern.compile(""));
        } catch (CommandException e) {
            throw new RefusedLineException(String.valueOf(e.getMessage()));
        }
        if (plan.configurations().size() != 1) {
            throw new RefusedLineException("expected a line that measures one configuration, got "
                    + plan.configurations().size() + ": "
                    + plan.configurations().stream()
                            .map(PlannedConfiguration::title)
                            .limit(FEWEST_ITERATIONS)
                            .collect(Collectors.joining(", "))
                    + "; name one method (Bench.method$) and one value for each parameter");
        }
        PlannedConfiguration configuration = plan.configurations().get(0);
        PlannedConfiguration.ForkDuration duration = configuration.duration();
        if (duration.warmups() < 1 || duration.measurements() < FEWEST_ITERATIONS) {
            throw new RefusedLineException("expected at least one iteration of warm-up (-wi), in which data is laid out"
                    + " before all start together, and " + FEWEST_ITERATIONS + " that are measured (-i), got -wi "
                    + duration.warmups() + " -i " + duration.measurements() + " of " + configuration.title());
        }
        return new Planned(
                configuration,
                new PlannedLine(
                        configuration.identity(),
                        duration.warmups(),
                        duration.warmup().toMillis(),
                        duration.measurements(),
                        duration.open() ? 0 : Math.max(1, duration.measurement().toMillis())));
    }

    @Override
    public MeasuredLine measure(ForkOrder order) throws RefusedLineException, FailedForkException {
        if (machine == null) {
            // The agent has this machine's lock already, for all forks of its campaign.
            machine = MachineLock.shared();
        }
        PlannedConfiguration planned = planned(order.line()).configuration();
        PlannedConfiguration ordered = planned.with(options(planned.fork(), order));
        try {
            log.reset();
            MeasuredFork fork =
                    new ForkRunner(new PrintStream(log, true, StandardCharsets.UTF_8), here().facts(), "").run(ordered);
            return new MeasuredLine(
                    planned.identity(),
                    fork.started(),
                    fork.duration().toMillis() / 1e3,
                    fork.facts(),
                    fork.iterations(),
                    fork.histograms(),
                    ForkJson.of(fork.result()));
        } catch (ForkFailedException e) {
            throw new FailedForkException(e.reason(), e);
        }
    }

    /**
     * JMH starts profilers in the order of their list, and of two builders the upper one's come first: the gate, so that none
     * counts the waiting; then the clock, whose interval the records of iterations lie in.
     */
    private static Options options(Options fork, ForkOrder order) {
        ChainedOptionsBuilder options =
                new OptionsBuilder().parent(fork).warmupForks(0).measurementIterations(order.iterations());
        if (!Profilers.has(fork, IterationProfiler.class)) {
            options = new OptionsBuilder().parent(options.build()).addProfiler(IterationProfiler.class);
        }
        if (!Profilers.has(fork, RemoteClockProfiler.class)) {
            options = new OptionsBuilder()
                    .parent(options.build())
                    .addProfiler(
                            RemoteClockProfiler.class,
                            "server=" + order.clock() + ";when=" + (order.always() ? "always" : "never"));
        }
        return new OptionsBuilder()
                .parent(options.build())
                .addProfiler(GateProfiler.class, order.gate().toString())
                .build();
    }

    @Override
    public String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Removes what was made for its forks. */
    @Override
    public synchronized void close() {
        stopForks();
        if (machine != null) {
            machine.close();
        }
    }

    @Override
    public void stopForks() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public PassivePeer startPeer(InetAddress bind, int port, Path tokenFile) throws IOException {
        Peer peer = Peer.start(
                new PeerOptions(bind, port, Token.read(tokenFile), PeerOptions.Limits.standard(), line -> {}));
        return new PassivePeer() {
            @Override
            public InetSocketAddress address() throws IOException {
                return peer.address();
            }

            @Override
            public void close() throws IOException {
                peer.close();
            }
        };
    }
}
