package dev.tare.os;

import dev.tare.harness.BoundThread;
import dev.tare.harness.Facts;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Interrupts;
import dev.tare.machine.linux.ForeignFunctions.MappedMemory;
import dev.tare.os.profile.OsProfiler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.AggregationPolicy;

/** A page that its thread, bound to a processor, may write, and for a moment may not; nobody else uses it. */
@State(Scope.Thread)
public class ProtectedPage {
    private int readersProcessor;
    private BoundThread thread;
    private AnonymousPages page;
    private MappedMemory memory;
    private ByteBuffer bytes;
    private byte written;
    private long calls;
    private OptionalLong shootdownsBefore = OptionalLong.empty();

    /** Binds the thread and maps the page; fails when the kernel does not take the right to write away. */
    @Setup(Level.Trial)
    public void map(BenchmarkParams benchmark) throws IOException {
        OsParameters.requireSystemCalls();
        ProcessorPair processors = OsParameters.requirePair(benchmark.getThreads());
        thread = BoundThread.here(processors.first());
        page = new AnonymousPages(1);
        memory = page.memory();
        bytes = memory.slice(0, page.pageBytes());
        page.protect(false);
        requirePermissions("r--p");
        page.protect(true);
        requirePermissions("rw-p");
        readersProcessor = processors.second();
        Facts.print("processors", processors);
    }

    /** Lets others use the page. */
    void share(ByteBuffer bytes, int processor) throws IOException, InterruptedException {
        // Nobody.
    }

    /** Ends the others' use. */
    void endSharing() throws IOException, InterruptedException {
        // Nobody uses it.
    }

    /** Lets others use the page, and begins to count interrupts. */
    @Setup(Level.Iteration)
    public void begin() throws IOException, InterruptedException {
        share(bytes, readersProcessor);
        calls = 0;
        shootdownsBefore = Interrupts.tlbShootdowns(MachineFiles.ofThisMachine());
    }

    final byte protectAndWrite() {
        written++;
        page.protect(false);
        page.protect(true);
        bytes.put(0, written);
        calls++;
        return written;
    }

    /** Tells how many interrupts there were; fails when the thread runs elsewhere or the page does not hold what was written. */
    @TearDown(Level.Iteration)
    public void check() throws IOException, InterruptedException {
        OptionalLong shootdowns = Interrupts.tlbShootdowns(MachineFiles.ofThisMachine());
        endSharing();
        if (shootdowns.isPresent() && shootdownsBefore.isPresent()) {
            long count = shootdowns.getAsLong() - shootdownsBefore.getAsLong();
            OsProfiler.RESULTS.record("shootdownsPercent", 100.0 * count / calls, "%", AggregationPolicy.AVG);
        }
        thread.check();
        if (bytes.get(0) != written) {
            throw new IllegalStateException("page: expected " + written + ", got " + bytes.get(0));
        }
    }

    /** Gives the page back and lets the thread go. */
    @TearDown(Level.Trial)
    public void unmap() throws IOException {
        memory.close();
        thread.close();
    }

    private void requirePermissions(String expected) {
        String got = page.permissions().orElse("no such mapping");
        if (!got.equals(expected)) {
            throw new IllegalStateException("mprotect: expected " + expected + " in /proc/self/maps, got " + got);
        }
    }
}
