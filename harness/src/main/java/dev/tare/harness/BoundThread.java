package dev.tare.harness;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.KernelThread;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A thread that is kept on one processor, until it is let go to those where it might run before. All but {@link #contextSwitches}
 * is called by the thread itself.
 */
public final class BoundThread implements Closeable {
    private final long id;
    private final int processor;
    private final String before;

    private BoundThread(long id, int processor, String before) {
        this.id = id;
        this.processor = processor;
        this.before = before;
    }

    /**
     * Binds the calling thread; when this returns, it runs there.
     *
     * @throws IOException when it cannot be bound, and why
     */
    public static BoundThread here(int processor) throws IOException {
        MachineFiles files = MachineFiles.ofThisMachine();
        KernelThread thread = current(processor);
        Optional<String> before = KernelThread.allowed(files, thread.id());
        if (before.isEmpty()) {
            throw new IOException("processor " + processor + ": expected Cpus_allowed_list in the status of thread "
                    + thread.id() + ", got none; binding needs Linux with /proc");
        }
        Taskset.bindThread(thread.id(), Integer.toString(processor));
        BoundThread bound = new BoundThread(thread.id(), processor, before.get());
        bound.check();
        return bound;
    }

    /**
     * Fails when the thread does not run where it was bound.
     *
     * @throws IOException with the processor on which it runs
     */
    public void check() throws IOException {
        int now = current(processor).processor();
        if (now != processor) {
            throw new IOException("expected this thread to run on processor " + processor + ", got " + now
                    + "; let nobody else bind it, or leave that processor to it");
        }
    }

    /**
     * How often it has left its processor so far, of itself or not.
     *
     * @throws IOException where the kernel does not count it
     */
    public long contextSwitches() throws IOException {
        return KernelThread.contextSwitches(MachineFiles.ofThisMachine(), id)
                .orElseThrow(() -> new IOException("expected context switches in the status of thread " + id
                        + ", got none; this needs a kernel that counts them"));
    }

    /** Lets the thread go. */
    @Override
    public void close() throws IOException {
        Taskset.bindThread(id, before);
    }

    private static KernelThread current(int processor) throws IOException {
        return KernelThread.current()
                .orElseThrow(() -> new IOException("processor " + processor
                        + ": expected /proc/thread-self, got none; binding needs Linux with /proc"));
    }
}
