package dev.tare.machine.memory;

import com.sun.management.OperatingSystemMXBean;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import java.lang.management.ManagementFactory;

/** The machine that this JVM runs on. */
public final class Machine {
    private Machine() {}

    /** Its data caches that this process can reach, without levels where they cannot be read. */
    public static Caches caches() {
        MachineFiles files = MachineFiles.ofThisMachine();
        return files.exists(Topology.FOLDER) ? Caches.ofLinux(files) : Caches.ofOshi();
    }

    /**
     * What it, or the container around this JVM, could give to a process now, swap space included; all of its memory
     * where it does not tell what others use.
     */
    public static long obtainableBytes() {
        long allBytes = countedByJvmBytes();
        return Math.min(allBytes, memory().obtainableBytes().orElse(allBytes));
    }

    /** All memory that it, or the control groups around this JVM, have; a JVM takes a share of it for its heap. */
    public static long totalBytes() {
        long allBytes = countedByJvmBytes();
        return Math.min(allBytes, memory().totalBytes().orElse(allBytes));
    }

    private static long countedByJvmBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** Its memory, within the control groups around this JVM. */
    public static Memory memory() {
        return new Memory(MachineFiles.ofThisMachine());
    }
}
