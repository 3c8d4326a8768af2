package dev.tare.os;

import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import dev.tare.machine.linux.LinuxCalls.OfThisKernel;
import java.util.OptionalLong;
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
    private long answer;

    /** Looks up what the system call needs. */
    @Setup(Level.Trial)
    public void open() {
        OsParameters.requireSystemCalls();
        calls = LinuxCalls.ofThisKernel();
        number = Call.GETPPID.number();
    }

    long parent() {
        answer = calls.call(number, 0, 0, 0, 0, 0, 0);
        return answer;
    }

    long nothing() {
        answer = calls.callNothing(number, 0, 0, 0, 0, 0, 0);
        return answer;
    }

    /** Fails when the last answer was neither this process's parent nor, of the library, the number that it was given. */
    @TearDown(Level.Trial)
    public void check() {
        OptionalLong parent = ProcessHandle.current().parent().stream()
                .mapToLong(ProcessHandle::pid)
                .findFirst();
        if (!(answer == number || parent.isEmpty() || answer == parent.getAsLong())) {
            throw new IllegalStateException("getppid: expected " + parent.getAsLong() + ", got " + answer);
        }
    }
}
