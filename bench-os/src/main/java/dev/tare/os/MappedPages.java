package dev.tare.os;

import dev.tare.harness.Facts;
import dev.tare.machine.cpu.KernelThread;
import dev.tare.machine.linux.ForeignFunctions.MappedMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** Small pages of a thread's own, one byte of each of which is written in turn; they stay mapped to memory. */
@State(Scope.Thread)
public class MappedPages {
    /** How many there are. */
    static final int COUNT = 1 << 10;

    /** Faults of the thread that are not the walk's: its stack, JMH's measuring, new code. */
    private static final long OTHER_FAULTS = 2000;

    private static final double OTHER_FAULTS_SHARE = 0.05;

    private AnonymousPages pages;
    private MappedMemory memory;
    private ByteBuffer bytes;
    private int pageBytes;
    private byte written;
    private long walks;
    private long faultsBefore;

    /** Maps the pages, and gives memory to each. */
    @Setup(Level.Trial)
    public void map(ThreadParams thread) {
        OsParameters.requireSystemCalls();
        pages = new AnonymousPages(COUNT);
        memory = pages.memory();
        pageBytes = pages.pageBytes();
        bytes = memory.slice(0, (long) COUNT * pageBytes);
        walk();
        Facts.print(thread, "page-bytes", pageBytes);
    }

    /** Begins to count faults. */
    @Setup(Level.Iteration)
    public void countFaults() throws IOException {
        walks = 0;
        faultsBefore = faults();
    }

    AnonymousPages pages() {
        return pages;
    }

    /** How many faults a walk through all pages has. */
    int faultsOfWalk() {
        return 0;
    }

    /** Writes a byte to each page. */
    byte walk() {
        byte next = (byte) (written + 1);
        int step = pageBytes;
        for (int at = 0; at < COUNT * step; at += step) {
            bytes.put(at, next);
        }
        written = next;
        walks++;
        return next;
    }

    /** Fails when the kernel counted another number of faults, or a page does not hold what was written to it. */
    @TearDown(Level.Iteration)
    public void check() throws IOException {
        long faults = faults() - faultsBefore;
        long least = walks * faultsOfWalk();
        double most = least + OTHER_FAULTS + OTHER_FAULTS_SHARE * walks * COUNT;
        if (!(least <= faults && faults <= most)) {
            throw new IllegalStateException("page faults: expected from " + least + " to " + Math.round(most) + " in "
                    + walks + " walks through " + COUNT + " pages, got " + faults
                    + "; this kernel gives memory in other portions");
        }
        for (int at = 0; at < COUNT * pageBytes; at += pageBytes) {
            if (bytes.get(at) != written) {
                throw new IllegalStateException(
                        "page " + at / pageBytes + ": expected " + written + ", got " + bytes.get(at));
            }
        }
    }

    /** Gives the pages back. */
    @TearDown(Level.Trial)
    public void unmap() {
        memory.close();
    }

    private static long faults() throws IOException {
        return KernelThread.current()
                .orElseThrow(
                        () -> new IOException("page faults: expected /proc/thread-self/stat to tell them, got none"))
                .minorFaults();
    }
}
