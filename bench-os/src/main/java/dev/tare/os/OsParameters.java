package dev.tare.os;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.Parameters;
import dev.tare.harness.Taskset;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import dev.tare.machine.linux.ForeignFunctions;
import java.util.Arrays;
import java.util.Optional;

/** The parameters of this module's benchmarks, and what the JDK and the machine must have for them. */
public final class OsParameters implements BenchmarkCheck {
    private static final String PACKAGE = OsParameters.class.getPackageName() + ".";
    private static final long LONGEST_MS = 10_000;

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    @Override
    public void require(Requested requested) {
        requested.parameters().forEach(OsParameters::require);
        switch (requested.benchmark().substring(PACKAGE.length())) {
            case "SyscallBench.protectAlone",
                    "SyscallBench.protectShared",
                    "SyscallBench.contextSwitch",
                    "SyscallBench.wakeUp",
                    "SyscallBench.spinning" -> requireOneThread(requested.threads());
            default -> {
                // Every thread works by itself.
            }
        }
    }

    @Override
    public Optional<String> lacking(Requested requested) {
        return switch (requested.benchmark().substring(PACKAGE.length())) {
            case "TimerBench.clockGettime",
                    "SyscallBench.nullCall",
                    "SyscallBench.libraryCall",
                    "SyscallBench.freshPage",
                    "SyscallBench.mappedPage" -> lackingSystemCalls();
            case "SyscallBench.protectAlone", "SyscallBench.protectShared" ->
                lackingSystemCalls().or(OsParameters::lackingPair);
            case "SyscallBench.contextSwitch" -> lackingBinding();
            case "SyscallBench.wakeUp", "SyscallBench.spinning" -> lackingPair();
            // A timer or a clock that every JDK has.
            default -> Optional.empty();
        };
    }

    private static void require(String name, String value) {
        switch (name) {
            case "sleepMs" -> sleepMs(value);
            case "parkUs" -> parkUs(value);
            case "clock" -> clock(value);
            default -> throw new IllegalStateException(name + ": has no check; add one to " + OsParameters.class);
        }
    }

    /** Milliseconds that {@link TimerBench#sleep} sleeps. */
    static long sleepMs(String value) {
        return Parameters.wholeNumber("sleepMs", value, 1, LONGEST_MS);
    }

    /** Microseconds that {@link TimerBench#parkNanos} waits. */
    static long parkUs(String value) {
        return Parameters.wholeNumber("parkUs", value, 1, LONGEST_MS * 1000);
    }

    /** The clock that {@link TimerBench#clockGettime} reads. */
    static KernelClock.Id clock(String value) {
        String[] names =
                Arrays.stream(KernelClock.Id.values()).map(KernelClock.Id::name).toArray(String[]::new);
        return KernelClock.Id.valueOf(Parameters.oneOf("clock", value, names));
    }

    /**
     * Requires that this JVM can make system calls.
     *
     * @throws IllegalArgumentException when it cannot, and why
     */
    static void requireSystemCalls() {
        lackingSystemCalls().ifPresent(OsParameters::refuse);
    }

    /**
     * Requires that one thread can be bound to a processor.
     *
     * @return the processor
     * @throws IllegalArgumentException when it cannot, or several threads want that, and why
     */
    static int requireProcessor(int threads) {
        requireOneThread(threads);
        lackingBinding().ifPresent(OsParameters::refuse);
        return topology().allowed().first();
    }

    /**
     * Requires that one thread and another can be bound to two processors.
     *
     * @return the processors
     * @throws IllegalArgumentException when they cannot, or several threads want that, and why
     */
    static ProcessorPair requirePair(int threads) {
        requireOneThread(threads);
        lackingPair().ifPresent(OsParameters::refuse);
        return ProcessorPair.among(topology()).orElseThrow();
    }

    private static void requireOneThread(int threads) {
        if (threads != 1) {
            refuse("expected one thread, which has its processors for itself, got " + threads + "; say -t 1");
        }
    }

    private static Optional<String> lackingSystemCalls() {
        return ForeignFunctions.MISSING.map(why -> "expected a JVM that makes system calls, got none: " + why
                + "; run it with JDK 22 or newer on Linux, or leave this benchmark out");
    }

    private static Optional<String> lackingBinding() {
        if (!Taskset.isThere()) {
            return Optional.of(Taskset.wanted() + ", or leave this benchmark out");
        }
        return topology().allowed().isEmpty()
                ? Optional.of("expected processors in /sys/devices/system/cpu, got none; run it on Linux, or leave this"
                        + " benchmark out")
                : Optional.empty();
    }

    private static Optional<String> lackingPair() {
        return lackingBinding()
                .or(() -> ProcessorPair.among(topology()).isPresent()
                        ? Optional.empty()
                        : Optional.of("expected two processors that this process may use, got "
                                + topology().allowed() + "; give it another one, or leave this benchmark out"));
    }

    private static Topology topology() {
        return new Topology(MachineFiles.ofThisMachine());
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }
}
