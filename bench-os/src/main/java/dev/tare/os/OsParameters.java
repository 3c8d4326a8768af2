package dev.tare.os;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.Parameters;
import dev.tare.harness.Taskset;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import dev.tare.machine.linux.ForeignFunctions;
import java.util.Arrays;

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
            case "TimerBench.clockGettime",
                    "SyscallBench.nullCall",
                    "SyscallBench.libraryCall",
                    "SyscallBench.freshPage",
                    "SyscallBench.mappedPage" -> requireSystemCalls();
            case "SyscallBench.protectAlone", "SyscallBench.protectShared" -> {
                requireSystemCalls();
                requirePair(requested.threads());
            }
            case "SyscallBench.contextSwitch" -> requireBinding(requested.threads());
            case "SyscallBench.wakeUp", "SyscallBench.spinning" -> requirePair(requested.threads());
            default -> {
                // A timer or a clock that every JDK has.
            }
        }
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
        ForeignFunctions.MISSING.ifPresent(why -> {
            throw new IllegalArgumentException("expected a JVM that makes system calls, got none: " + why
                    + "; run it with JDK 22 or newer on Linux, or leave this benchmark out");
        });
    }

    /** Requires what {@link #requireBinding} does, and two processors. */
    static void requirePair(int threads) {
        requireBinding(threads);
        ProcessorPair.of(new Topology(MachineFiles.ofThisMachine()));
    }

    /**
     * Requires that threads can be bound, and that only one asks for it: several would share its processors.
     *
     * @throws IllegalArgumentException when not, and why
     */
    static void requireBinding(int threads) {
        if (threads != 1) {
            throw new IllegalArgumentException(
                    "expected one thread, which has its processors for itself, got " + threads + "; say -t 1");
        }
        if (!Taskset.isThere()) {
            throw new IllegalArgumentException(Taskset.wanted() + ", or leave this benchmark out");
        }
    }
}
