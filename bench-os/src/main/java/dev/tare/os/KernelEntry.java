package dev.tare.os;

import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import dev.tare.machine.linux.LinuxCalls.OfThisKernel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The way into the kernel and back, and the same way without the kernel. */
@State(Scope.Thread)
public class KernelEntry {
    private OfThisKernel calls;
    private long number;
    /** 0, as getppid(2) has it, where the parent is out of sight. */
    private long parent;

    private long answerOfKernel;
    private long answerOfLibrary;

    /** Looks up what the system call needs. */
    @Setup(Level.Trial)
    public void open() {
        OsParameters.requireSystemCalls();
        calls = LinuxCalls.ofThisKernel();
        number = Call.GETPPID.number();
        parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
        answerOfKernel = parent;
        answerOfLibrary = number;
    }

    long parent() {
        answerOfKernel = calls.call(number, 0, 0, 0, 0, 0, 0);
        return answerOfKernel;
    }

    long nothing() {
        answerOfLibrary = calls.callNothing(number, 0, 0, 0, 0, 0, 0);
        return answerOfLibrary;
    }

    /** Fails when the kernel's last answer was not this process's parent, or the library's not the number that it was given. */
    @TearDown(Level.Trial)
    public void check() {
        if (!(answerOfKernel == parent)) {
            throw new IllegalStateException("getppid: expected " + parent + ", got " + answerOfKernel);
        }
        if (!(answerOfLibrary == number)) {
            throw new IllegalStateException("labs: expected " + number + ", got " + answerOfLibrary);
        }
    }
}
