package dev.tare.mem.latency;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Options of the JVM on which a layout depends. */
final class HotSpotOptions {
    private HotSpotOptions() {}

    /**
     * Checks an option of this JVM.
     *
     * @throws IllegalStateException when it has another value
     */
    static void require(String option, String expected) {
        String value = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(option)
                .getValue();
        if (!value.equals(expected)) {
            throw new IllegalStateException("JVM option " + option + ": expected " + expected + ", got " + value
                    + "; run in a fork with the benchmark's own options, and add to them only with -jvmArgsPrepend");
        }
    }
}
