package dev.tare.machine.cpu;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Processor time used up to an instant.
 *
 * @param atS the instant on its machine's monotonic clock, in seconds; only differences mean something
 * @param ownS processor seconds, user and system together, of those threads that take part: at the client the whole process,
 *     at the peer the threads that serve this client
 * @param machine the whole machine's times, or empty where the operating system does not tell
 */
public record CpuTimes(double atS, double ownS, Optional<MachineTimes> machine) {
    private static final double NS_PER_S = TimeUnit.SECONDS.toNanos(1);

    /** This machine and this process, now. */
    public static CpuTimes ofProcess() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return of(system.getProcessCpuTime());
    }

    /** This machine now, with the threads' time that the caller has summed. */
    public static CpuTimes of(long ownNs) {
        return new CpuTimes(System.nanoTime() / NS_PER_S, ownNs / NS_PER_S, MachineTimes.now());
    }

    /** What was used since an earlier instant of the same process; {@link #atS} becomes the time between. */
    public CpuTimes minus(CpuTimes earlier) {
        return new CpuTimes(
                atS - earlier.atS, ownS - earlier.ownS, machine.flatMap(now -> earlier.machine.map(now::minus)));
    }
}
