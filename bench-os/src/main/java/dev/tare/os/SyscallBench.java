package dev.tare.os;

import dev.tare.harness.Facts;
import dev.tare.os.HandOver.Waiting;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What a program pays the kernel for, each beside its control, in nanoseconds: entering it, a page fault, a context switch, waking
 * a thread on another core, and making another core forget a translation.
 *
 * <ul>
 *   <li>{@link #nullCall} enters the kernel and leaves it. The processor does that within the guest, so that hypervisors cost
 *       nothing here; what protects from Meltdown and its kin does, and a hypervisor that intercepts (gVisor, QEMU's emulation, user-mode
 *       kernels). Control: {@link #libraryCall}.
 *   <li>{@link #freshPage} has the kernel find memory for a page and clear it. In a guest the new translation is walked through two
 *       page tables, and memory that the host has not given yet costs an exit. Control: {@link #mappedPage}.
 *   <li>{@link #contextSwitch} hands over between two threads of one processor, which change the stack and no address space.
 *       Nothing leaves the guest.
 *   <li>{@link #wakeUp} hands over between two cores, each of which falls asleep meanwhile: a rescheduling interrupt is an
 *       exit on each side unless the hardware delivers it (AVIC, APICv), and a processor that halts is given up to the host, which takes
 *       tens of microseconds to come back unless it polls for a while (halt_poll_ns of KVM). Control: {@link #spinning}.
 *   <li>{@link #protectShared} takes from a page the right to be written and gives it back while another core reads it, which must be
 *       interrupted to forget the translation (TLB shoot-down) and waited for; a neighbour's virtual processor that the host does not
 *       run at that moment makes all wait. Control: {@link #protectAlone}.
 * </ul>
 *
 * <p>Threads that hand over or share a page are bound to the processors that the fact {@code processors} names, which is checked in
 * {@code /proc}. The kernel's own counters (page faults, context switches) must agree with what was done; {@code -prof os} tells
 * context switches and shoot-downs. Calls need JDK 22 or newer, since before a program in Java cannot make them;
 * {@code contextSwitch}, {@code wakeUp} and {@code spinning} run on all.
 *
 * <p>Source: lmbench by L. McVoy and C. Staelin (lat_syscall null, lat_pagefault, lat_ctx), will-it-scale by A. Blanchard
 * (page_fault1, context_switch1, mprotect).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class SyscallBench {
    /** Two threads of two processors that take turns, and sleep while they wait. They live as long as an iteration. */
    @State(Scope.Thread)
    public static class Pair {
        private int own;
        private int partners;
        private HandOver threads;

        /** Chooses the processors. */
        @Setup(Level.Trial)
        public void choose(BenchmarkParams benchmark) {
            if (isOnOneProcessor()) {
                own = OsParameters.requireProcessor(benchmark.getThreads());
                partners = own;
                Facts.print("processors", own);
            } else {
                ProcessorPair pair = OsParameters.requirePair(benchmark.getThreads());
                own = pair.first();
                partners = pair.second();
                Facts.print("processors", pair);
            }
        }

        /** Whether they share one, so that each hand-over takes a thread from it. */
        boolean isOnOneProcessor() {
            return false;
        }

        Waiting waiting() {
            return Waiting.PARKED;
        }

        /** Binds and starts them. */
        @Setup(Level.Iteration)
        public void begin() throws IOException, InterruptedException {
            threads = new HandOver(own, partners, waiting());
        }

        void roundTrip() {
            threads.roundTrip();
        }

        /** Ends them; fails when one ran elsewhere, or the kernel did not switch where it had to. */
        @TearDown(Level.Iteration)
        public void end() throws IOException {
            try (HandOver ending = threads) {
                ending.check(isOnOneProcessor());
            }
        }
    }

    /** Two threads of one processor. */
    @State(Scope.Thread)
    public static class PairOfOneProcessor extends Pair {
        @Override
        boolean isOnOneProcessor() {
            return true;
        }
    }

    /** Two threads of two processors, which watch while they wait. */
    @State(Scope.Thread)
    public static class SpinningPair extends Pair {
        @Override
        Waiting waiting() {
            return Waiting.SPINNING;
        }
    }

    /** {@code getppid}, which does nothing but enter the kernel. */
    @Benchmark
    public long nullCall(KernelEntry entry) {
        return entry.parent();
    }

    /** The control of {@link #nullCall}: the same way into the C library, to a function that does nothing. */
    @Benchmark
    public long libraryCall(KernelEntry entry) {
        return entry.nothing();
    }

    /** The first touch of a page: a fault. */
    @Benchmark
    @OperationsPerInvocation(MappedPages.COUNT)
    public byte freshPage(FreshPages pages) {
        return pages.walk();
    }

    /** The control of {@link #freshPage}: the same touch of a page that has its memory. */
    @Benchmark
    @OperationsPerInvocation(MappedPages.COUNT)
    public byte mappedPage(MappedPages pages) {
        return pages.walk();
    }

    /** A hand-over between two threads of one processor, asleep while they wait. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void contextSwitch(PairOfOneProcessor pair) {
        pair.roundTrip();
    }

    /** A hand-over between threads of two cores, asleep while they wait. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void wakeUp(Pair pair) {
        pair.roundTrip();
    }

    /** The control of both: a hand-over between threads of two cores that watch, in which the kernel has no part. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void spinning(SpinningPair pair) {
        pair.roundTrip();
    }

    /** A page becomes read-only and writable again while another core reads it. */
    @Benchmark
    public byte protectShared(SharedPage page) {
        return page.protectAndWrite();
    }

    /** The control of {@link #protectShared}: nobody else runs. */
    @Benchmark
    public byte protectAlone(ProtectedPage page) {
        return page.protectAndWrite();
    }
}
